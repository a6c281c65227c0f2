using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <summary>One execution of an activity: its place in the tree, its variables, waits and private state. Lives within a burst; what must survive is serialised.</summary>
internal sealed class ActivityExecution : ActivityContext
{
    private PlainObject? _state;

    public ActivityExecution(InstanceRun run, ActivityNode node, ActivityExecution? parent, Guid id)
    {
        Run = run;
        Node = node;
        Parent = parent;
        ExecutionId = id;
    }

    public InstanceRun Run { get; }

    public ActivityNode Node { get; }

    public ActivityExecution? Parent { get; }

    /// <summary>Gets or sets the definition that this execution runs as an activity; set on the instance's root and on workflows used as activities.</summary>
    public WorkflowDefinition? Composite { get; set; }

    /// <summary>Gets or sets what the activity does; <see langword="null"/> if its type is unknown.</summary>
    public Activity? Behaviour { get; set; }

    public ExecutionStatus Status { get; set; }

    /// <summary>Gets the unfinished children, in the order in which they began.</summary>
    public List<ActivityExecution> Children { get; } = [];

    public List<VariableSlot>? Variables { get; set; }

    public List<Bookmark>? Bookmarks { get; set; }

    /// <summary>Gets or sets the outputs of children, by activity id, for <c>getOutputFrom</c>; kept by containers.</summary>
    public Dictionary<string, PlainObject>? ChildOutputs { get; set; }

    /// <summary>Gets or sets a container's private state.</summary>
    public Frame? Frame { get; set; }

    /// <summary>Gets or sets how far a container has come: its next child, its round, or how many children are done.</summary>
    public int Position { get; set; }

    /// <summary>Gets or sets whether a Break was signalled.</summary>
    public bool IsBreaking { get; set; }

    /// <summary>Gets or sets the outcomes that a Complete inside asked for.</summary>
    public IReadOnlyList<string>? RequestedOutcomes { get; set; }

    /// <summary>Gets or sets what tells parallel executions of one node apart for their parent.</summary>
    public int Tag { get; set; }

    /// <summary>Gets or sets extra inputs that the scheduler of this execution gave (workflow inputs seen below it).</summary>
    public PlainObject? LocalInput { get; set; }

    /// <summary>Gets or sets how many times the execution has failed.</summary>
    public int Failures { get; set; }

    /// <summary>Gets or sets the open incident of the execution.</summary>
    public Guid? IncidentId { get; set; }

    /// <summary>Gets or sets the wait whose resumption failed; a retry resumes again instead of beginning anew.</summary>
    public Bookmark? FailedResumption { get; set; }

    /// <summary>Gets or sets the input of that resumption.</summary>
    public PlainObject? FailedInput { get; set; }

    /// <summary>Gets or sets the evaluated inputs, in the order of the descriptor.</summary>
    public object?[] Inputs { get; set; } = [];

    public bool HasState => _state is { Count: > 0 };

    /// <summary>Gets whether this activity is the trigger that started the instance in this very burst.</summary>
    public bool IsTrigger => Run.IsTriggeredNow && string.Equals(Run.TriggerActivityId, Node.Id, StringComparison.Ordinal);

    public bool IsOver => Status is ExecutionStatus.Completed or ExecutionStatus.Canceled;

    public override Guid InstanceId => Run.InstanceId;

    public override string? CorrelationId => Run.CorrelationId;

    public override string DefinitionId => Workflow.DefinitionId;

    public override string DefinitionVersionId => Workflow.Id;

    public override string ActivityId => Node.Id;

    public override Guid ExecutionId { get; }

    public override DateTimeOffset Now => Run.Now;

    public override PlainObject State => _state ??= new();

    public override PlainObject Data => Expressions.DataView.Of(this);

    public override LocalizedText? NameOfOutcome(string outcome) => Workflow.OutcomeNames.GetValueOrDefault(outcome);

    /// <summary>Gets the definition to which the activity belongs.</summary>
    public WorkflowDefinition Workflow
    {
        get
        {
            for (ActivityExecution? scope = Parent; scope is not null; scope = scope.Parent)
            {
                if (scope.Composite is not null)
                    return scope.Composite;
            }

            return Run.Definition;
        }
    }

    /// <summary>Makes the execution as if it had not begun; variables that its scheduler gave stay.</summary>
    public void Reset()
    {
        _state = null;
        Frame = null;
        Position = 0;
        IsBreaking = false;
        Variables?.RemoveAll(slot => slot.Declaration is not null);
    }

    public void RestoreState(PlainObject state) => _state = state;

    public override object? Input(string name)
    {
        if (Behaviour is null)
            return null;
        IReadOnlyList<InputDescriptor> descriptors = Behaviour.Descriptor.Inputs;
        for (int i = 0; i < descriptors.Count && i < Inputs.Length; i++)
        {
            if (string.Equals(descriptors[i].Name, name, StringComparison.OrdinalIgnoreCase))
                return Inputs[i];
        }

        throw new ArgumentException($"EngagementFlows bug: activity type '{Node.TypeName}' asks for the input '{name}', which its descriptor does not name.");
    }

    public override TAnswer Ask<TAnswer>(Question<TAnswer> question)
    {
        if (Run.Effects.Count > 0 && question.TryAnswer(Run.Effects, out object? known))
            return (TAnswer)known!;
        object? answer = null;
        if (Run.Burst.Hindsight?.Answers?.TryGetValue(question, out answer) is not true)
            throw new UnansweredException(question);
        return answer is Unanswerable none ? throw new ActivityFaultException($"Activity '{Node.Id}': {none.Reason}") : (TAnswer)answer!;
    }

    public override Guid NewId(string purpose) => Run.IdFor(ExecutionId, purpose);

    /// <summary>Finds a variable by id, in scope from the inside out.</summary>
    public VariableSlot? FindVariableById(string id)
    {
        for (ActivityExecution? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.Variables is null)
                continue;
            foreach (VariableSlot slot in scope.Variables)
            {
                if (slot.Declaration is { } declaration && string.Equals(declaration.Id, id, StringComparison.Ordinal))
                    return slot;
            }
        }

        return null;
    }

    /// <summary>Finds a variable by exact name, in scope from the inside out.</summary>
    public VariableSlot? FindVariable(string name)
    {
        for (ActivityExecution? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.Variables is null)
                continue;
            foreach (VariableSlot slot in scope.Variables)
            {
                if (string.Equals(slot.Name, name, StringComparison.Ordinal))
                    return slot;
            }
        }

        return null;
    }

    /// <summary>Returns the nearest enclosing execution that declares variables (Flowchart, Sequence, Parallel, a workflow), this one included.</summary>
    public ActivityExecution Container
    {
        get
        {
            ActivityExecution scope = this;
            while (!scope.IsContainer && scope.Parent is not null)
                scope = scope.Parent;
            return scope;
        }
    }

    public bool IsContainer => Composite is not null || Behaviour is { IsContainer: true };

    public void AddVariable(VariableSlot slot) => (Variables ??= []).Add(slot);

    /// <summary>Makes the variables of the declarations, with their defaults.</summary>
    public void Declare(IReadOnlyList<VariableDeclaration> declarations)
    {
        if (declarations.Count == 0)
            return;
        Variables ??= new(declarations.Count);
        foreach (VariableDeclaration declaration in declarations)
            Variables.Add(new(declaration));
    }

    /// <summary>Sets an output: records it for scripts and stores it where the definition binds it.</summary>
    public void SetOutput(string name, object? value) => Run.SetOutput(this, name, value);

    public override string ToString() => $"{Node.Id} {Status}";
}
