using EngagementFlows.Engine.Activities.ControlFlow;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engine.Instances;

/// <summary>Rebuilds an instance on another version of its definition: the same executions, waits and values, each in its place there.</summary>
/// <remarks>What a state keeps by number (variables, steps, connections) is found again by id. Executions keep their ids, so that timers, tasks, links and mails still know them.</remarks>
internal sealed class InstanceMove
{
    private readonly InstanceRun _from;
    private readonly InstanceRun _to;
    private readonly List<MoveObstacle> _obstacles = [];
    private readonly List<string> _changedWaits = [];

    public InstanceMove(Burst burst, InstanceRun from, WorkflowDefinition target)
    {
        _from = from;
        _to = new InstanceRun
        {
            Burst = burst,
            Definition = target,
            InstanceId = from.InstanceId,
            Before = from.Before,
            CorrelationId = from.CorrelationId,
            Name = from.Name,
            ParentInstanceId = from.ParentInstanceId,
            ParentBookmarkId = from.ParentBookmarkId,
            Input = from.Input,
            Outputs = from.Outputs,
            LastResult = from.LastResult,
            TriggerActivityId = from.TriggerActivityId,
            FlowchartMode = from.FlowchartMode,
            Secret = from.Secret,
            HasLastingEffects = from.HasLastingEffects,
            IdCounter = from.IdCounter,
            EvaluationCounter = from.EvaluationCounter,
            Status = from.Before!.Status,
        };
        _to.Root = _to.CreateRoot(from.Root.ExecutionId);
    }

    public MoveDecision Decide()
    {
        if (!_from.Scheduled.IsEmpty)
            Object(MoveObstacleKind.WorkPending);
        Move(_from.Root, _to.Root);
        return new(_obstacles, _changedWaits) { Moved = _obstacles.Count == 0 ? _to : null };
    }

    private void Move(ActivityExecution source, ActivityExecution target)
    {
        target.Status = source.Status;
        target.Position = source.Position;
        target.Tag = source.Tag;
        target.IsBreaking = source.IsBreaking;
        target.LocalInput = source.LocalInput;
        target.Failures = source.Failures;
        target.IncidentId = source.IncidentId;
        target.FailedResumption = source.FailedResumption;
        target.FailedInput = source.FailedInput;
        target.Bookmarks = source.Bookmarks;
        target.ChildOutputs = source.ChildOutputs;
        if (source.HasState)
            target.RestoreState(source.State);
        MoveVariables(source, target);
        MoveProgress(source, target);
        if (source.Bookmarks is { Count: > 0 } && !HasSameInputs(source.Node, target.Node))
            _changedWaits.Add(source.Node.Id);
        foreach (ActivityExecution child in source.Children)
            MoveChild(child, target);
    }

    private void MoveChild(ActivityExecution child, ActivityExecution parent)
    {
        ActivityNode? node = parent.Composite is { } composite ? composite.WorkflowNode.Child(child.Node.Id) : parent.Node.Child(child.Node.Id);
        if (node is null)
        {
            Object(MoveObstacleKind.ActivityGone, child.Node.Id);
            return;
        }

        if (node.TypeName != child.Node.TypeName || (node.TypeVersion != child.Node.TypeVersion && node.TypeVersion > 0 && child.Node.TypeVersion > 0))
        {
            Object(MoveObstacleKind.TypeChanged, child.Node.Id, node.TypeVersion > 1 ? $"{node.TypeName} {node.TypeVersion}" : node.TypeName);
            return;
        }

        ActivityExecution moved = _to.Create(node, parent, child.ExecutionId);
        if (child.Composite is not null)
        {
            // A workflow that is used as an activity goes on in the version in which it was begun.
            moved.Composite = child.Composite;
            moved.Behaviour = WorkflowActivity.Instance;
        }

        Move(child, moved);
    }

    // In the order in which they were made; what only the other version declares comes last, with its default.
    private void MoveVariables(ActivityExecution source, ActivityExecution target)
    {
        List<VariableDeclaration> declared = source.IsContainer ? [.. StateReader.Declarations(target)] : [];
        foreach (VariableSlot slot in source.Variables ?? [])
        {
            if (slot.Declaration is null)
            {
                target.AddVariable(slot);
            }
            else if (declared.Find(declaration => IsSame(declaration, slot.Declaration)) is { } same)
            {
                declared.Remove(same);
                target.AddVariable(Moved(slot, same));
            }
            else if (HasValueOfItsOwn(slot))
            {
                Object(MoveObstacleKind.VariableGone, detail: slot.Name);
            }
        }

        target.Declare(declared);
    }

    private VariableSlot Moved(VariableSlot known, VariableDeclaration declaration)
    {
        VariableSlot slot = new(declaration);
        if (!known.Survives || !slot.Survives)
            return slot;
        if (known.Declaration!.Type == declaration.Type || known.Value is null)
            slot.Value = known.Value;
        else if (ValueConversion.TryConvert(known.Value, declaration.Type, _from.Settings.StrictConversion, out object? converted))
            slot.Value = converted;
        else
            Object(MoveObstacleKind.VariableType, detail: slot.Name);
        return slot;
    }

    private void MoveProgress(ActivityExecution source, ActivityExecution target)
    {
        if (source.Frame is FlowFrame frame)
            MoveFrame(source, target, frame);
        switch (target.Behaviour)
        {
            case Sequence:
                MoveStep(source, target);
                break;
            case Activities.ControlFlow.Parallel or Fork when !Branches(source).ToHashSet(StringComparer.Ordinal).SetEquals(Branches(target)):
                Object(MoveObstacleKind.BranchesChanged, source.Node.Id);
                break;
        }
    }

    // A sequence counts its steps: the next one is the one behind the step that is under way.
    private void MoveStep(ActivityExecution source, ActivityExecution target)
    {
        if (source.Children is [{ } current])
        {
            int at = Branches(target).IndexOf(current.Node.Id);
            if (at >= 0)
                target.Position = at + 1;
            return;
        }

        if (!Branches(source).Take(source.Position).SequenceEqual(Branches(target).Take(source.Position)))
            Object(MoveObstacleKind.BranchesChanged, source.Node.Id);
    }

    private void MoveFrame(ActivityExecution source, ActivityExecution target, FlowFrame frame)
    {
        FlowFrame moved = new() { Start = frame.Start };
        if (frame.Start >= 0)
        {
            string start = source.Node.ChildrenIn("activities")[frame.Start].Id;
            moved.Start = Branches(target).IndexOf(start);
            if (moved.Start < 0)
                Object(MoveObstacleKind.StartGone, source.Node.Id, start);
        }

        MoveConnections(source, target, frame.Arrived, moved.Arrived);
        MoveConnections(source, target, frame.Blocked, moved.Blocked);
        if (_from.CounterMode != _to.CounterMode && frame.Arrived.Count + frame.Blocked.Count > 0)
            Object(MoveObstacleKind.ModeChanged, source.Node.Id);
        target.Frame = moved;
    }

    private void MoveConnections(ActivityExecution source, ActivityExecution target, List<int> numbers, List<int> moved)
    {
        foreach (int number in numbers)
        {
            string name = NameOf(source.Node.Connections[number]);
            int nth = source.Node.Connections.Take(number).Count(connection => NameOf(connection) == name);
            int[] same = [.. Enumerable.Range(0, target.Node.Connections.Count).Where(at => NameOf(target.Node.Connections[at]) == name)];
            if (nth < same.Length)
                moved.Add(same[nth]);
            else
                Object(MoveObstacleKind.ConnectionGone, source.Node.Id, name);
        }
    }

    private void Object(MoveObstacleKind kind, string? activityId = null, string? detail = null) => _obstacles.Add(new(kind, activityId, detail));

    private static List<string> Branches(ActivityExecution container) =>
        [.. container.Node.ChildrenIn(container.Node.TypeName == "Elsa.Fork" ? "branches" : "activities").Select(child => child.Id)];

    private static string NameOf(Connection connection) => $"'{connection.Source.Id}' – {connection.Port} → '{connection.Target.Id}'";

    private static bool IsSame(VariableDeclaration one, VariableDeclaration other) => one.Id.Length > 0 || other.Id.Length > 0 ? one.Id == other.Id : one.Name == other.Name;

    private static bool HasValueOfItsOwn(VariableSlot slot) =>
        slot is { Survives: true, Value: not null } && PlainJson.Write(slot.Value) != PlainJson.Write(slot.Declaration!.DefaultValue);

    private static bool HasSameInputs(ActivityNode one, ActivityNode other) =>
        one.Inputs.Count == other.Inputs.Count && one.Inputs.All(input => other.Input(input.Name) is { } same && IsSame(input, same));

    private static bool IsSame(InputBinding one, InputBinding other) =>
        one.Expression.Kind == other.Expression.Kind && PlainJson.Write(one.Expression.Value) == PlainJson.Write(other.Expression.Value);
}
