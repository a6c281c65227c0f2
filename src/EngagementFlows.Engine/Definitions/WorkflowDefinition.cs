using EngagementFlows.Engine.Activities.ControlFlow;

namespace EngagementFlows.Engine.Definitions;

/// <summary>A version of a workflow definition, read. Immutable and shared by all instances.</summary>
public sealed class WorkflowDefinition
{
    private string? _contentHash;
    private ActivityNode? _workflowNode;

    /// <summary>Gets the definition's id, the same in all versions.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Gets the id of this version.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the number of this version.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the name in the definition, or <see langword="null"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what people call it: <c>customProperties.displayName</c>, else <see cref="Name"/>; <see langword="null"/> if it has neither.</summary>
    public LocalizedText? DisplayName { get; init; }

    /// <summary>Gets what it is for: <c>customProperties.description</c>, else the one description that Elsa has; <see langword="null"/> if it has neither.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>Gets whether this is the latest version.</summary>
    public bool IsLatest { get; init; }

    /// <summary>Gets whether this version can be started, triggered and used as a child.</summary>
    public bool IsPublished { get; init; }

    /// <summary>Gets the text from which it was read, unchanged.</summary>
    public required string Json { get; init; }

    /// <summary>
    /// Gets the SHA-256 of everything but ids of version, version number, dates, tool version and the flags latest and published, in lower-case hex:
    /// two texts that differ only in white space, order of members or those fields have the same hash.
    /// </summary>
    public string ContentHash => _contentHash ??= DefinitionText.Hash(Json);

    /// <summary>Gets the root activity.</summary>
    public required ActivityNode Root { get; init; }

    /// <summary>Gets the variables of the workflow.</summary>
    public IReadOnlyList<VariableDeclaration> Variables { get; init; } = [];

    /// <summary>Gets the declared inputs.</summary>
    public IReadOnlyList<InputDeclaration> Inputs { get; init; } = [];

    /// <summary>Gets the declared outputs.</summary>
    public IReadOnlyList<OutputDeclaration> Outputs { get; init; } = [];

    /// <summary>Gets the declared outcomes, for use as an activity.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>Gets what its author called outcomes and cases in both languages, by the names that connections have: <c>customProperties.outcomes</c>.</summary>
    public IReadOnlyDictionary<string, LocalizedText> OutcomeNames { get; init; } = new Dictionary<string, LocalizedText>();

    /// <summary>Gets the options.</summary>
    public DefinitionOptions Options { get; init; } = new();

    /// <summary>Gets <c>customProperties.flowchartExecutionMode</c>: whether flowcharts run in counter mode; <see langword="null"/> = the host's setting.</summary>
    public bool? CounterMode { get; init; }

    /// <summary>Gets the type name under which other definitions use this one as an activity; <see langword="null"/> if they may not.</summary>
    public string? ActivityTypeName { get; init; }

    /// <summary>Gets the node that stands for the workflow itself, around <see cref="Root"/>.</summary>
    internal ActivityNode WorkflowNode => _workflowNode ??= MakeWorkflowNode();

    /// <summary>Returns the first activity with that id anywhere in the definition, or <see langword="null"/>.</summary>
    public ActivityNode? FindActivity(string id) => Root.SelfAndDescendants().FirstOrDefault(node => string.Equals(node.Id, id, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => $"'{DefinitionId}' version {Version}";

    private ActivityNode MakeWorkflowNode()
    {
        ActivityNode node = new(default) { Id = "Workflow1", TypeName = "Elsa.Workflow", Activity = WorkflowActivity.Instance, NodeId = "Workflow1" };
        node.SetChildren([Root]);
        return node;
    }
}
