using System.Text.Json;

namespace EngagementFlows.Engine.Definitions.Comparison;

/// <summary>What differs between two versions of a definition, in the flow's own terms. How it is drawn (places, sizes, corners of lines) does not count.</summary>
/// <param name="Flow">What differs in the flow as a whole: names, variables, inputs, outputs, options.</param>
/// <param name="Activities">The activities that differ, in the order of the later version, then the removed ones.</param>
/// <param name="Connections">The connections that differ.</param>
public sealed record DefinitionComparison(IReadOnlyList<FieldChange> Flow, IReadOnlyList<ActivityChange> Activities, IReadOnlyList<ConnectionChange> Connections)
{
    /// <summary>Gets whether nothing differs but perhaps the drawing.</summary>
    public bool IsEmpty => Flow.Count + Activities.Count + Connections.Count == 0;

    /// <summary>Compares two versions. Activities are the same when they have the same id inside the same activity.</summary>
    public static DefinitionComparison Between(WorkflowDefinition before, WorkflowDefinition after)
    {
        Dictionary<string, ActivityNode> old = ByPlace(before);
        Dictionary<string, ActivityNode> now = ByPlace(after);
        List<ActivityChange> activities = [];
        foreach ((string place, ActivityNode node) in now)
        {
            if (!old.TryGetValue(place, out ActivityNode? same))
                activities.Add(new(ChangeKind.Added, node, Difference([], ActivityFields.Of(after, node))));
            else if (Difference(ActivityFields.Of(before, same), ActivityFields.Of(after, node)) is { Count: > 0 } fields)
                activities.Add(new(ChangeKind.Changed, node, fields));
        }

        foreach ((string place, ActivityNode node) in old)
        {
            if (!now.ContainsKey(place))
                activities.Add(new(ChangeKind.Removed, node, Difference(ActivityFields.Of(before, node), [])));
        }

        using JsonDocument earlier = JsonDocument.Parse(before.Json, DefinitionReader.DocumentOptions);
        using JsonDocument later = JsonDocument.Parse(after.Json, DefinitionReader.DocumentOptions);
        return new(Difference(FlowFields.Of(earlier.RootElement), FlowFields.Of(later.RootElement)), activities, Connected(old.Values, now.Values));
    }

    private static Dictionary<string, ActivityNode> ByPlace(WorkflowDefinition definition)
    {
        // A definition may hold the same id twice in one place; the engine takes the first, and so do we.
        Dictionary<string, ActivityNode> places = new(StringComparer.Ordinal);
        foreach (ActivityNode node in definition.Root.SelfAndDescendants())
            places.TryAdd(Place(node), node);
        return places;
    }

    // The root is the root, whatever its id: designers make one up for a new flow.
    private static string Place(ActivityNode node) => node.Parent is null ? "" : $"{Place(node.Parent)}:{node.Id}";

    private static List<FieldChange> Difference(IReadOnlyList<ShownField> before, IReadOnlyList<ShownField> after)
    {
        Dictionary<string, ShownField> old = before.ToDictionary(field => field.Path, StringComparer.Ordinal);
        List<FieldChange> changes = [];
        foreach (ShownField field in after)
        {
            string? was = old.Remove(field.Path, out ShownField? same) ? same.Value : null;
            if (was != field.Value)
                changes.Add(new(field.Path, field.Name, was, field.Value));
        }

        changes.AddRange(before.Where(field => old.ContainsKey(field.Path)).Select(field => new FieldChange(field.Path, field.Name, field.Value, null)));
        return changes;
    }

    private static List<ConnectionChange> Connected(IEnumerable<ActivityNode> before, IEnumerable<ActivityNode> after)
    {
        Dictionary<(string, string, string), Connection> old = Drawn(before);
        Dictionary<(string, string, string), Connection> now = Drawn(after);
        return
        [
            .. now.Where(one => !old.ContainsKey(one.Key)).Select(one => new ConnectionChange(ChangeKind.Added, one.Value)),
            .. old.Where(one => !now.ContainsKey(one.Key)).Select(one => new ConnectionChange(ChangeKind.Removed, one.Value)),
        ];
    }

    private static Dictionary<(string, string, string), Connection> Drawn(IEnumerable<ActivityNode> nodes)
    {
        Dictionary<(string, string, string), Connection> connections = [];
        foreach (Connection connection in nodes.SelectMany(node => node.Connections))
            connections.TryAdd((Place(connection.Source), connection.Port, Place(connection.Target)), connection);
        return connections;
    }
}
