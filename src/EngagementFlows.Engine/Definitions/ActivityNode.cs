using System.Text.Json;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Expressions;

namespace EngagementFlows.Engine.Definitions;

/// <summary>An activity as it stands in a definition. Immutable once read, shared by all instances.</summary>
public sealed class ActivityNode
{
    private ActivityNode[] _children = [];
    private object? _plan;
    private InputSlot[]? _inputSlots;

    internal ActivityNode(JsonElement json) => Json = json;

    /// <summary>Gets the id, unique within the container.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name, or <see langword="null"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what people call it: <c>customProperties.displayName</c>, else the <c>displayText</c> that designers keep in <c>metadata</c>; <see langword="null"/> if its author gave neither.</summary>
    public LocalizedText? DisplayName { get; init; }

    /// <summary>Gets the type name.</summary>
    public required string TypeName { get; init; }

    /// <summary>Gets the version of the type, or 0 if the definition does not say.</summary>
    public int TypeVersion { get; init; }

    /// <summary>Gets what the activity does; <see langword="null"/> for a type that is another definition, or unknown.</summary>
    public Activity? Activity { get; init; }

    /// <summary>Gets the enclosing activity, or <see langword="null"/> for the root.</summary>
    public ActivityNode? Parent { get; init; }

    /// <summary>Gets the inputs that are set; in the order of the descriptor where the type is known.</summary>
    public IReadOnlyList<InputBinding> Inputs { get; internal set; } = [];

    /// <summary>Gets where outputs go.</summary>
    public IReadOnlyList<OutputBinding> Outputs { get; internal set; } = [];

    /// <summary>Gets the variables that the activity declares as a container.</summary>
    public IReadOnlyList<VariableDeclaration> Variables { get; internal set; } = [];

    /// <summary>Gets the connections of a flowchart.</summary>
    public IReadOnlyList<Connection> Connections { get; internal set; } = [];

    /// <summary>Gets the activities directly inside, in the order of the JSON.</summary>
    public IReadOnlyList<ActivityNode> Children => _children;

    /// <summary>Gets whether a trigger may start the workflow here, and whether a flowchart may begin here.</summary>
    public bool CanStartWorkflow { get; init; }

    /// <summary>Gets <c>customProperties.mergeMode</c>, or <see langword="null"/>.</summary>
    public string? MergeMode { get; init; }

    /// <summary>Gets the activity's JSON.</summary>
    public JsonElement Json { get; }

    /// <summary>Gets the ids from the workflow down to this activity, joined by <c>:</c>.</summary>
    public string NodeId { get; init; } = string.Empty;

    /// <summary>Gets the children by the property that holds them.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<ActivityNode>> ChildrenByProperty { get; set; } = new Dictionary<string, IReadOnlyList<ActivityNode>>();

    /// <summary>Returns the child with that id, or <see langword="null"/>.</summary>
    public ActivityNode? Child(string id)
    {
        foreach (ActivityNode child in _children)
        {
            if (string.Equals(child.Id, id, StringComparison.Ordinal))
                return child;
        }

        return null;
    }

    /// <summary>Returns the activity in a property that holds one, or <see langword="null"/>.</summary>
    public ActivityNode? ChildIn(string property) =>
        ChildrenByProperty.TryGetValue(property, out IReadOnlyList<ActivityNode>? found) && found.Count > 0 ? found[0] : null;

    /// <summary>Returns the activities in a property that holds a list of them.</summary>
    public IReadOnlyList<ActivityNode> ChildrenIn(string property) =>
        ChildrenByProperty.TryGetValue(property, out IReadOnlyList<ActivityNode>? found) ? found : [];

    /// <summary>Returns the binding of that input, or <see langword="null"/> if it is not set.</summary>
    public InputBinding? Input(string name)
    {
        foreach (InputBinding binding in Inputs)
        {
            if (string.Equals(binding.Name, name, StringComparison.OrdinalIgnoreCase))
                return binding;
        }

        return null;
    }

    /// <summary>Returns this activity and all that are inside, from the outside in.</summary>
    public IEnumerable<ActivityNode> SelfAndDescendants()
    {
        yield return this;
        foreach (ActivityNode child in _children)
        {
            foreach (ActivityNode node in child.SelfAndDescendants())
                yield return node;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => NodeId;

    /// <summary>Gets the inputs that the runner evaluates, in the order of the descriptor.</summary>
    internal InputSlot[] InputSlots => _inputSlots ??= InputSlot.Prepare(this);

    /// <summary>Gets the place among the children of the enclosing activity.</summary>
    internal int Ordinal { get; private set; }

    internal void SetChildren(ActivityNode[] children)
    {
        _children = children;
        for (int i = 0; i < children.Length; i++)
            children[i].Ordinal = i;
    }

    /// <summary>Returns what the activity type prepared from this node; made once.</summary>
    internal T Plan<T>(Func<ActivityNode, T> make)
        where T : class
    {
        if (Volatile.Read(ref _plan) is T ready)
            return ready;
        T made = make(this);
        Volatile.Write(ref _plan, made);
        return made;
    }
}

/// <summary>An input of an activity in a definition.</summary>
/// <param name="Name">The input's name in camel case.</param>
/// <param name="Expression">What is evaluated.</param>
public sealed record InputBinding(string Name, Expression Expression);

/// <summary>Where an output of an activity goes.</summary>
/// <param name="Name">The output's name in camel case.</param>
/// <param name="TargetId">A variable's id, or a workflow output's name.</param>
public sealed record OutputBinding(string Name, string TargetId);
