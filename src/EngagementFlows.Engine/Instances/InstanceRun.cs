using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Activities.ControlFlow;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <summary>An instance within a burst: its tree of executions, its queue, and what the burst has brought about so far.</summary>
internal sealed partial class InstanceRun
{
    internal static readonly string[] DoneOutcome = ["Done"];

    private readonly List<WorkItem> _queue = [];
    private int _head;

    public required Burst Burst { get; init; }

    public required WorkflowDefinition Definition { get; init; }

    public required Guid InstanceId { get; init; }

    public DateTimeOffset Now => Burst.Now;

    /// <summary>Gets or sets the place among the instances of the burst.</summary>
    public int Number { get; set; }

    public EngineSettings Settings => Burst.Settings;

    /// <summary>Gets or sets the instance as it was loaded; <see langword="null"/> for a new one.</summary>
    public WorkflowInstance? Before { get; init; }

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public Guid? ParentInstanceId { get; init; }

    public Guid? ParentBookmarkId { get; set; }

    public InstanceStatus Status { get; set; } = InstanceStatus.Running;

    public ActivityExecution Root { get; set; } = null!;

    /// <summary>Gets the workflow inputs, kept for the whole life of the instance.</summary>
    public PlainObject Input { get; set; } = new();

    /// <summary>Gets what the stimulus brought; laid over the inputs for this burst.</summary>
    public PlainObject? BurstInput { get; set; }

    public PlainObject Outputs { get; set; } = new();

    /// <summary>Gets or sets the latest output named Result.</summary>
    public object? LastResult { get; set; }

    /// <summary>Gets or sets the trigger activity that started the instance; flowcharts begin there.</summary>
    public string? TriggerActivityId { get; set; }

    /// <summary>Gets or sets whether this burst is the start by that trigger.</summary>
    public bool IsTriggeredNow { get; set; }

    /// <summary>Gets or sets the run property <c>Flowchart:ExecutionMode</c>.</summary>
    public string? FlowchartMode { get; set; }

    public InstanceSecret Secret { get; set; }

    /// <summary>Gets or sets whether the instance has left something that ends with it at the latest.</summary>
    public bool HasLastingEffects { get; set; }

    /// <summary>Gets or sets how many ids were made so far.</summary>
    public ulong IdCounter { get; set; }

    /// <summary>Gets or sets how many expressions were evaluated so far; seeds chance.</summary>
    public ulong EvaluationCounter { get; set; }

    /// <summary>Gets whether flowcharts run in counter mode.</summary>
    public bool CounterMode => DefinitionReader.ParseMode(FlowchartMode) ?? Definition.CounterMode ?? Settings.CounterMode;

    public bool IsOver => Status is InstanceStatus.Finished or InstanceStatus.Cancelled or InstanceStatus.Faulted;

    /// <summary>Gets the work that is scheduled and not begun.</summary>
    public ReadOnlySpan<WorkItem> Scheduled => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_queue)[_head..];

    public Guid NextId(string purpose) => Secret.Id(Now.ToUnixTimeMilliseconds(), ++IdCounter, purpose);

    /// <summary>Returns the id of an execution's purpose: always the same, dated like the execution.</summary>
    public Guid IdFor(Guid executionId, string purpose)
    {
        Span<byte> bytes = stackalloc byte[16];
        executionId.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = (long)(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
        ulong rest = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        return Secret.Id(milliseconds, rest, purpose);
    }

    /// <summary>Schedules an activity at the end of the queue. Without an activity the owner hears at once that its child is done.</summary>
    public void Schedule(ActivityExecution owner, ActivityNode? node, VariableSlot[]? variables = null, int tag = 0, PlainObject? localInput = null)
    {
        if (node is null)
        {
            owner.Behaviour!.ChildCompleted(owner, owner, DoneOutcome);
            return;
        }

        Enqueue(new WorkItem { Owner = owner, Node = node, Variables = variables, Tag = tag, LocalInput = localInput });
    }

    public void Enqueue(WorkItem item) => _queue.Add(item);

    /// <summary>Runs until nothing is scheduled, and settles the status.</summary>
    public void Drain()
    {
        while (!IsOver && _head < _queue.Count)
        {
            WorkItem item = _queue[_head++];
            if (_head > 64 && _head * 2 > _queue.Count)
            {
                _queue.RemoveRange(0, _head);
                _head = 0;
            }

            if (!Step(item))
                break;
        }

        Settle();
    }

    public bool HasScheduled(ActivityExecution owner)
    {
        foreach (WorkItem item in Scheduled)
        {
            for (ActivityExecution? scope = item.Owner; scope is not null; scope = scope.Parent)
            {
                if (scope == owner)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Withdraws scheduled work of an execution and of all below it.</summary>
    private void Withdraw(ActivityExecution owner)
    {
        for (int i = _queue.Count - 1; i >= _head; i--)
        {
            for (ActivityExecution? scope = _queue[i].Owner; scope is not null; scope = scope.Parent)
            {
                if (scope != owner)
                    continue;
                _queue.RemoveAt(i);
                break;
            }
        }
    }

    private bool Step(WorkItem item)
    {
        ActivityExecution execution = item.Existing ?? Begin(item);
        if (++Burst.Executions > Settings.MaxActivitiesPerBurst)
        {
            Fault(execution, new ActivityFaultException(
                $"The burst has begun {Settings.MaxActivitiesPerBurst} activities without coming to rest; the instance was stopped at '{execution.Node.Id}'. Probably a loop never ends: correct the definition or a variable, then retry."));
            return false;
        }

        try
        {
            if (item.SkipWith is not null)
            {
                execution.Status = ExecutionStatus.Running;
                // What the failed execution left with people (a task, a link) is taken back: nothing waits for it any more.
                foreach (Effect effect in execution.Behaviour?.Withdraw(execution) ?? [])
                    Emit(effect);
                Complete(execution, item.SkipWith);
                return true;
            }

            if (execution.Behaviour is null)
                throw new ActivityFaultException(UnknownType(execution.Node));
            InputEvaluation.Evaluate(execution);
            if (execution.Status == ExecutionStatus.Faulted)
                ResolveIncident(execution, "retried", null, null);
            execution.Status = ExecutionStatus.Running;
            int waits = execution.Bookmarks?.Count ?? 0;
            if (item.Resumed is not null)
                execution.Behaviour.Continue(execution, item.Resumed, item.Input ?? new());
            else
                execution.Behaviour.Begin(execution);
            if (execution.Status == ExecutionStatus.Running && execution.Bookmarks is { } now && now.Count > waits)
                Log(execution, "Suspended");
        }
        catch (UnansweredException)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever else an activity throws is an incident on it; the instance and its neighbours in the batch live on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            execution.FailedResumption = item.Resumed;
            execution.FailedInput = item.Resumed is null ? null : item.Input;
            Fault(execution, failure);
        }

        return true;
    }

    private ActivityExecution Begin(WorkItem item)
    {
        ActivityExecution execution = Create(item.Node!, item.Owner);
        if (item.Owner is { IsOver: true })
            (_orphans ??= []).Add(execution);
        execution.Tag = item.Tag;
        execution.LocalInput = item.LocalInput;
        if (item.Variables is not null)
        {
            foreach (VariableSlot slot in item.Variables)
                execution.AddVariable(slot);
        }

        Log(execution, "Started");
        return execution;
    }

    /// <summary>Makes an execution and hangs it into the tree.</summary>
    public ActivityExecution Create(ActivityNode node, ActivityExecution? parent, Guid? id = null)
    {
        ActivityExecution execution = new(this, node, parent, id ?? NextId("execution"));
        execution.Behaviour = node.Activity;
        if (node.Activity is null && Burst.Catalogue.AsActivity(node.TypeName, node.TypeVersion) is { } definition)
        {
            execution.Composite = definition;
            execution.Behaviour = WorkflowActivity.Instance;
        }

        parent?.Children.Add(execution);
        return execution;
    }

    private static string UnknownType(ActivityNode node) =>
        $"The activity '{node.Id}' has the type '{node.TypeName}', which is neither registered nor a published workflow that is usable as an activity. Correct the type, or publish that workflow.";

    private void Settle()
    {
        // What began after its container was done may run to its end in this burst, but cannot wait: nobody would hear of it.
        foreach (ActivityExecution orphan in _orphans ?? [])
            Cancel(orphan);
        if (IsOver)
            return;
        Status = Root.Status == ExecutionStatus.Completed ? InstanceStatus.Finished : InstanceStatus.Suspended;
        if (Status == InstanceStatus.Finished)
            TellParent();
    }

    /// <summary>Applies what an activity returned.</summary>
    public void Apply(ActivityExecution execution, ActivityResult result)
    {
        // Before anything of it is applied: what cannot be written must leave no task, link or wait behind.
        if (result.Effects.Count > 0 && Burst.Hindsight?.Refused?.GetValueOrDefault(execution.ExecutionId) is { } refusal)
            throw new ActivityFaultException(refusal);
        if (result.Outputs is not null)
        {
            foreach ((string name, object? value) in result.Outputs)
                SetOutput(execution, name, value);
        }

        for (int i = 0; i < result.Effects.Count; i++)
            Emit(result.Effects[i], execution.ExecutionId);
        foreach (Guid burned in result.Burned)
            Burn(execution, burned);
        foreach (WaitRequest wait in result.Waits)
            Wait(execution, wait);
        if (result.Outcomes is not null)
            Complete(execution, result.Outcomes);
    }

    public void Emit(Effect effect, Guid origin = default)
    {
        HasLastingEffects |= effect is LastingEffect;
        (_effects ??= []).Add(effect);
        (_effectOrigins ??= []).Add(origin);
        Burst.Emitted(this);
    }

    /// <summary>Sets an output: it is recorded for scripts, and stored in the variable or workflow output to which the definition binds it.</summary>
    public void SetOutput(ActivityExecution execution, string name, object? value)
    {
        if (execution.Parent is { } parent)
        {
            Dictionary<string, PlainObject> outputs = parent.Container.ChildOutputs ??= new(StringComparer.Ordinal);
            if (!outputs.TryGetValue(execution.Node.Id, out PlainObject? own))
                outputs[execution.Node.Id] = own = new();
            own[name] = value;
        }

        if (name.Equals("result", StringComparison.OrdinalIgnoreCase))
            LastResult = value;
        foreach (OutputBinding binding in execution.Node.Outputs)
        {
            if (!binding.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && (execution.Composite is null || !WrittenNames.Means(binding.Name, name)))
                continue;
            ActivityExecution scope = execution.Parent ?? execution;
            if (scope.FindVariableById(binding.TargetId) is { } slot)
                Assign(slot, value);
            else
                SetWorkflowOutput(scope, binding.TargetId, value, onlyDeclared: true);
        }
    }

    /// <summary>Sets an output of the nearest workflow that declares it, else of the instance.</summary>
    public void SetWorkflowOutput(ActivityExecution from, string name, object? value, bool onlyDeclared = false)
    {
        for (ActivityExecution? scope = from; scope is not null; scope = scope.Parent)
        {
            if (scope.Composite is null || !Declares(scope.Composite, name))
                continue;
            if (scope.Parent is null)
                Outputs[name] = value;
            else
                SetOutput(scope, name, value);
            return;
        }

        if (!onlyDeclared)
            Outputs[name] = value;
    }

    /// <summary>Converts a value to the variable's type and stores it; what does not convert leaves the variable as it was.</summary>
    public void Assign(VariableSlot slot, object? value)
    {
        if (slot.Declaration is { } declaration)
        {
            if (!ValueConversion.TryConvert(value, declaration.Type, Settings.StrictConversion, out object? converted))
                throw new EvaluationException($"The variable '{slot.Name}' cannot be set. {ValueConversion.Failure(value, declaration.Type)}") { FoundValue = value };
            value = converted;
        }

        slot.Value = value;
    }

    private static bool Declares(WorkflowDefinition definition, string name)
    {
        foreach (OutputDeclaration output in definition.Outputs)
        {
            if (string.Equals(output.Name, name, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>Finds a workflow input without regard to case: extra inputs of the execution first, then those of this burst, then those of the instance.</summary>
    public bool TryFindInput(ActivityExecution execution, string name, out object? value)
    {
        for (ActivityExecution? scope = execution; scope is not null; scope = scope.Parent)
        {
            if (scope.LocalInput is not null && TryFind(scope.LocalInput, name, out value))
                return true;
        }

        if (BurstInput is not null && TryFind(BurstInput, name, out value))
            return true;
        return TryFind(Input, name, out value);
    }

    private static bool TryFind(PlainObject map, string name, out object? value)
    {
        if (map.TryGetValue(name, out value))
            return true;
        foreach ((string key, object? found) in map)
        {
            if (!key.Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;
            value = found;
            return true;
        }

        value = null;
        return false;
    }
}
