using System.Text.Json;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>What a running flowchart remembers.</summary>
internal sealed class FlowFrame : Frame
{
    /// <summary>Gets or sets the number of the activity from which it runs.</summary>
    public int Start { get; set; }

    /// <summary>Gets the connections over which something has arrived that still waits for more, in order of arrival.</summary>
    public List<int> Arrived { get; } = [];

    /// <summary>Gets the connections whose next arrival is too late and is ignored.</summary>
    public List<int> Blocked { get; } = [];

    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("start", Start);
        Write(writer, "arrived", Arrived);
        Write(writer, "blocked", Blocked);
    }

    public override void Restore(PlainObject members)
    {
        Start = (int)(long)members["start"]!;
        Read(members, "arrived", Arrived);
        Read(members, "blocked", Blocked);
    }

    private static void Write(Utf8JsonWriter writer, string name, List<int> numbers)
    {
        if (numbers.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (int number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static void Read(PlainObject members, string name, List<int> numbers)
    {
        foreach (object? number in members[name] as PlainList ?? [])
            numbers.Add((int)(long)number!);
    }
}
