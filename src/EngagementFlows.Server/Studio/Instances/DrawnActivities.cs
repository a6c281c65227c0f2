using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>The activities that an instance can run, by what its journal calls them, with their place in the picture. Those of workflows that are used as activities lie below the activity that uses them.</summary>
internal sealed class DrawnActivities
{
    // A workflow may use itself.
    private const int MostNested = 8;

    private readonly Dictionary<string, List<DrawnActivity>> _byId = new(StringComparer.Ordinal);

    public DrawnActivities(WorkflowDefinition definition, DefinitionCatalogue catalogue) => Add(definition.Root, below: null, path: DrawnActivity.WorkflowNodeId, catalogue, nested: 0);

    /// <summary>Returns the activities with that id and type; several where containers use the same id.</summary>
    public IReadOnlyList<DrawnActivity> Find(string id, string? type)
    {
        if (!_byId.TryGetValue(id, out List<DrawnActivity>? found))
            return [];
        return found.Count == 1 || type is null ? found : found.FindAll(activity => activity.Node.TypeName == type) is { Count: > 0 } same ? same : found;
    }

    private void Add(ActivityNode node, DrawnActivity? below, string path, DefinitionCatalogue catalogue, int nested)
    {
        DrawnActivity activity = new(node, $"{path}:{node.Id}", below);
        if (!_byId.TryGetValue(node.Id, out List<DrawnActivity>? same))
            _byId[node.Id] = same = [];
        same.Add(activity);
        foreach (ActivityNode child in node.Children)
            Add(child, activity, activity.NodeId, catalogue, nested);
        if (node.Activity is null && nested < MostNested && catalogue.AsActivity(node.TypeName, node.TypeVersion) is { } used)
            Add(used.Root, activity, activity.NodeId, catalogue, nested + 1);
    }
}

/// <summary>An activity in its place.</summary>
/// <param name="Node">The activity.</param>
/// <param name="NodeId">The ids from the workflow down to it.</param>
/// <param name="Below">The enclosing activity, or <see langword="null"/> for the root.</param>
internal sealed record DrawnActivity(ActivityNode Node, string NodeId, DrawnActivity? Below)
{
    /// <summary>The place of the workflow itself.</summary>
    public const string WorkflowNodeId = "Workflow1";

    /// <summary>The type of the workflow itself.</summary>
    public const string WorkflowType = "Elsa.Workflow";

    /// <summary>Tells whether a place is that of the root: it is the canvas, on which the others are drawn.</summary>
    public static bool IsRoot(string nodeId) => nodeId.IndexOf(':', StringComparison.Ordinal) == nodeId.LastIndexOf(':');

    /// <summary>Gets what people call it.</summary>
    public string Name => Node.Name is { Length: > 0 } name ? name : Node.Id;
}
