using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Definitions.Comparison;

namespace EngagementFlows.Server.Staff.Definitions.Picture;

/// <summary>What a picture marks: the changes of a comparison, as they show in one of its two versions.</summary>
public sealed class PictureMarks
{
    private readonly Dictionary<ActivityNode, ChangeKind> _activities = [];
    private readonly Dictionary<Connection, ChangeKind> _connections = [];

    /// <summary>Gets no marks.</summary>
    public static PictureMarks None { get; } = new();

    /// <summary>Returns the marks for a version: what it has and the other lacks, and what both have and differs.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="definition">The earlier or the later one of its versions.</param>
    public static PictureMarks Of(DefinitionComparison comparison, WorkflowDefinition definition)
    {
        PictureMarks marks = new();
        Dictionary<string, ActivityNode> here = [];
        foreach (ActivityNode node in definition.Root.Children)
            here.TryAdd(node.Id, node);
        foreach (ActivityChange change in comparison.Activities)
        {
            // What changed inside a container marks the container: the picture shows the root's own activities.
            ActivityNode shown = change.Activity;
            while (shown.Parent is { Parent: not null } parent)
                shown = parent;
            if (shown.Parent is null || !here.TryGetValue(shown.Id, out ActivityNode? node))
                continue;
            ChangeKind kind = shown == change.Activity ? change.Kind : ChangeKind.Changed;
            if (!marks._activities.TryAdd(node, kind) && kind != ChangeKind.Changed)
                marks._activities[node] = kind;
        }

        foreach (ConnectionChange change in comparison.Connections)
            marks._connections.TryAdd(change.Connection, change.Kind);
        return marks;
    }

    internal ChangeKind? Of(ActivityNode activity) => _activities.TryGetValue(activity, out ChangeKind kind) ? kind : null;

    internal ChangeKind? Of(Connection connection) => _connections.TryGetValue(connection, out ChangeKind kind) ? kind : null;
}
