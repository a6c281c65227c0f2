using System.Text.Json;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <summary>The private state of a container between its children; each container has its own kind.</summary>
internal abstract class Frame
{
    /// <summary>Writes the members of the frame into an object that is open.</summary>
    public abstract void Write(Utf8JsonWriter writer);

    /// <summary>Takes over what was written.</summary>
    public abstract void Restore(PlainObject members);
}
