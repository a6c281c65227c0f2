using System.Text.Json.Nodes;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>An activity in its place.</summary>
/// <param name="Activity">The activity as the Studio draws it; a flow that is used as an activity holds its own activities in <c>root</c>.</param>
/// <param name="NodeId">The ids from the workflow down to it, joined by <c>:</c>.</param>
/// <param name="Port">The place inside the enclosing activity; <see langword="null"/> where that draws its activities itself.</param>
internal sealed record GraphNode(JsonObject Activity, string NodeId, string? Port);

/// <summary>A step of the way from the root to an activity: a place inside an activity that is opened by itself.</summary>
/// <param name="ActivityNodeId">The activity's place.</param>
/// <param name="ActivityId">Its id.</param>
/// <param name="ActivityType">Its type.</param>
/// <param name="PortName">The place inside it.</param>
/// <param name="ActivityName">Its name.</param>
internal sealed record PathSegment(string ActivityNodeId, string ActivityId, string ActivityType, string PortName, string? ActivityName);

/// <summary>Finds activities by their node ids, also inside flows that are used as activities. Pure; one object per shown definition.</summary>
/// <param name="root">The root as the Studio is shown it.</param>
/// <param name="known">The activities and flows.</param>
/// <param name="language">The reader's language.</param>
internal sealed class DefinitionGraph(JsonObject root, KnownActivities known, string language)
{
    private const string FlowMember = "root";

    /// <summary>Returns the way from the root to an activity, both included; <see langword="null"/> if there is no such activity.</summary>
    /// <remarks>Only flows on the way are opened: one may use itself.</remarks>
    public IReadOnlyList<GraphNode>? PathTo(string nodeId)
    {
        GraphNode current = new(root, root.TextOf("nodeId") ?? "", null);
        if (nodeId != current.NodeId && !IsBelow(nodeId, current.NodeId))
            return null;
        List<GraphNode> path = [current];
        while (current.NodeId != nodeId)
        {
            if (ChildrenOf(current.Activity).FirstOrDefault(child => child.NodeId == nodeId || IsBelow(nodeId, child.NodeId)) is not { } next)
                return null;
            path.Add(current = next);
        }

        Open(current.Activity);
        return path;
    }

    /// <summary>Returns the steps on a way, from outside to inside; activities that draw their own activities are none.</summary>
    public static IReadOnlyList<PathSegment> SegmentsOf(IReadOnlyList<GraphNode> path) =>
    [
        .. path.Zip(path.Skip(1)).Where(step => step.Second.Port is not null).Select(step => new PathSegment(
            step.First.NodeId, step.First.Activity.TextOf("id") ?? "", step.First.Activity.TextOf("type") ?? "", step.Second.Port!, step.First.Activity.TextOf("name"))),
    ];

    private static bool IsBelow(string nodeId, string above) => nodeId.StartsWith(above + ":", StringComparison.Ordinal);

    private IEnumerable<GraphNode> ChildrenOf(JsonObject activity)
    {
        Open(activity);
        IReadOnlyList<string> members = known.ChildrenOf(activity.TextOf("type") ?? "");
        foreach (string member in members.Append(FlowMember).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            switch (activity.Member(member))
            {
                case JsonObject child:
                    yield return Node(child, char.ToUpperInvariant(member[0]) + member[1..]);
                    break;
                case JsonArray list:
                    foreach (JsonObject item in list.OfType<JsonObject>())
                    {
                        if (!ShownActivities.IsCase(item))
                            yield return Node(item, null);
                        else if (item.Member("activity") is JsonObject inner)
                            yield return Node(inner, item.TextOf("label") ?? item.Member("statusCode")?.ToString() ?? "");
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private static GraphNode Node(JsonObject activity, string? port) => new(activity, activity.TextOf("nodeId") ?? "", port);

    // The definition itself holds no more of a flow than that it is used.
    private void Open(JsonObject activity)
    {
        if (activity.ContainsKey(FlowMember) || activity.TextOf("type") is not { } type || activity.TextOf("nodeId") is not { } nodeId)
            return;
        if (known.FlowOf(type, activity.NumberOf("version") ?? 0) is { } flow)
            activity[FlowMember] = new ShownActivities(known, language).Show(flow, nodeId);
    }
}
