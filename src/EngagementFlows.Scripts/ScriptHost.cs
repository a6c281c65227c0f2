namespace EngagementFlows.Scripts;

/// <summary>One evaluation's view of its surroundings: what a name means that the language itself does not define.</summary>
/// <remarks>Made anew for every evaluation, so native functions find their state here. Never seen by the script.</remarks>
public abstract class ScriptHost
{
    /// <summary>Resolves a free name of the script; asked lazily and at most once for a name in an evaluation.</summary>
    /// <param name="name">The name, compared exactly.</param>
    /// <param name="value">
    /// A plain value, a <see cref="NativeFunction"/> or a <see cref="ScriptType"/>. A <see cref="PlainObject"/> is shared: what the script assigns to its
    /// members is in it afterwards, as plain values. A <see cref="PlainList"/> is copied, wherever it is met. A <see cref="FrozenObject"/> is a copy that refuses assignment.
    /// </param>
    /// <returns>Whether the name exists; if not, the script gets a ReferenceError.</returns>
    public abstract bool TryGetGlobal(string name, out object? value);

    /// <summary>Gets the names that <see cref="TryGetGlobal"/> would resolve, for the "nearest known name" of a fault.</summary>
    public virtual IEnumerable<string> GlobalNames => [];

    /// <summary>Receives a line that the script printed.</summary>
    public virtual void Print(string line)
    {
    }
}

/// <summary>Marks an object that scripts may read but not change; at any depth.</summary>
/// <param name="Value">The members.</param>
public sealed record FrozenObject(PlainObject Value);
