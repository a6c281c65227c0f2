using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>What a flowchart does when one of its activities completes.</summary>
internal readonly struct FlowStep
{
    private readonly ActivityExecution _flowchart;
    private readonly FlowFrame _frame;
    private readonly FlowPlan _plan;
    private readonly FlowGraph _graph;

    public FlowStep(ActivityExecution flowchart)
    {
        _flowchart = flowchart;
        _frame = (FlowFrame)flowchart.Frame!;
        _plan = flowchart.Node.Plan(static node => new FlowPlan(node));
        _graph = _plan.Graph(_frame.Start);
    }

    /// <summary>Follows the connections of the outcomes, looks again at what waits at joins, and completes the flowchart if nothing is left.</summary>
    public void Complete(int activity, IReadOnlyList<string> outcomes)
    {
        bool someWaited = _frame.Arrived.Count > 0;
        int[] outbound = _plan.Outbound[activity];

        // All arrivals are noted first: a join must know that its other branch is under way, even if that branch begins in this very step.
        foreach (int connection in outbound)
        {
            if (IsTaken(connection, outcomes))
                _frame.Arrived.Add(connection);
        }

        foreach (int connection in outbound)
        {
            if (IsTaken(connection, outcomes))
                Arrive(connection, activity);
            else if (someWaited)
                Forgo(connection, null);
        }

        if (_frame.Blocked.Count > 0)
            Unblock();
        if (_frame.Arrived.Count > 0)
            Reconsider();
        if (_flowchart.Children.Count == 0 && _frame.Arrived.Count == 0 && !IsAnyScheduled())
            _flowchart.Run.Complete(_flowchart);
    }

    /// <summary>Cancels the unfinished executions that lie before an activity, and forgets what came from or waits at them.</summary>
    public void CancelAncestors(int activity)
    {
        for (int i = 0; i < _flowchart.Children.Count; i++)
        {
            ActivityExecution child = _flowchart.Children[i];
            int cancelled = child.Node.Ordinal;
            if (!_graph.IsAncestor(cancelled, activity))
                continue;
            _flowchart.Run.Cancel(child);
            Forget(_frame.Arrived, cancelled, activity);
            Forget(_frame.Blocked, cancelled, activity);
            i--;
        }
    }

    private static bool IsIn(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private bool IsTaken(int connection, IReadOnlyList<string> outcomes) => IsIn(outcomes, _plan.Port[connection]);

    private void Arrive(int connection, int from)
    {
        // An earlier connection of this step may have run the same target already, with this arrival counted in.
        if (!_frame.Arrived.Contains(connection))
            return;
        int target = _plan.Target[connection];
        bool isForward = _graph.IsForward(connection);
        if (!isForward && _flowchart.Run.CounterMode)
        {
            GoBack(connection, target);
            return;
        }

        switch (_plan.Merge[target].Mode(_flowchart))
        {
            case MergeMode.Race:
                Race(connection, target, from);
                break;
            case MergeMode.Cascade:
                _frame.Arrived.Remove(connection);
                _flowchart.Run.Schedule(_flowchart, _plan.Activities[target]);
                break;
            case MergeMode.Merge or MergeMode.AllOrSkip:
                if (HasAll(_graph.ForwardInbound(target)))
                    Run(target);
                break;
            case MergeMode.Converge:
                if (HasAll(_plan.Inbound[target]))
                    Run(target);
                break;
            default:
                if (isForward ? _graph.ForwardInbound(target).Length <= 1 || IsSettled(target) : !IsAnyPredecessorPending(target))
                    Run(target);
                break;
        }
    }

    private void GoBack(int connection, int target)
    {
        _frame.Arrived.Remove(connection);
        if (!_graph.IsValidBackward(connection))
        {
            throw new ActivityFaultException(
                $"The connection from '{_plan.Activities[_plan.Source[connection]].Id}' back to '{_plan.Activities[target].Id}' is not valid in counter mode: every path from the start to its source must go through its target. Lead it to the head of the loop, or use token mode.");
        }

        _flowchart.Run.Schedule(_flowchart, _plan.Activities[target]);
    }

    private void Race(int connection, int target, int from)
    {
        if (_frame.Blocked.Remove(connection))
        {
            _frame.Arrived.Remove(connection);
            return;
        }

        CancelAncestors(target);
        Run(target);
        foreach (int other in _graph.ForwardInbound(target))
        {
            if (_plan.Source[other] != from && !_frame.Blocked.Contains(other) && IsUnderWay(_plan.Source[other]))
                _frame.Blocked.Add(other);
        }
    }

    /// <summary>Schedules an activity; everything that has arrived at it is used up.</summary>
    private void Run(int target)
    {
        Remove(target);
        _flowchart.Run.Schedule(_flowchart, _plan.Activities[target]);
    }

    /// <summary>Follows a connection that was not taken, to joins for which this was the last thing to wait for.</summary>
    private void Forgo(int connection, HashSet<int>? seen)
    {
        int target = _plan.Target[connection];
        if (!_graph.IsForward(connection) || !(seen ??= []).Add(target))
            return;
        if (HasArrivals(target))
        {
            if (!TryRelease(target, seen))
                return;
        }
        else if (IsPending(target) || !IsSettled(target))
        {
            return;
        }
        else
        {
            foreach (int next in _plan.Outbound[target])
                Forgo(next, seen);
        }
    }

    /// <summary>Runs what waits at a join if nothing more can arrive.</summary>
    private bool TryRelease(int target, HashSet<int>? seen)
    {
        MergeMode mode = _plan.Merge[target].Mode(_flowchart);
        if (mode is not (MergeMode.Stream or MergeMode.AllOrSkip) || !IsSettled(target))
            return false;
        if (mode == MergeMode.Stream || HasAll(_graph.ForwardInbound(target)))
        {
            Run(target);
            return true;
        }

        // Counter mode: a join for all of which one was not taken is skipped, and with it the way behind it.
        Remove(target);
        foreach (int next in _plan.Outbound[target])
            Forgo(next, seen ?? []);
        return true;
    }

    private void Reconsider()
    {
        for (int i = 0; i < _frame.Arrived.Count; i++)
        {
            if (TryRelease(_plan.Target[_frame.Arrived[i]], null))
                i = -1;
        }
    }

    private void Unblock()
    {
        for (int i = _frame.Blocked.Count - 1; i >= 0; i--)
        {
            if (!IsUnderWay(_plan.Source[_frame.Blocked[i]]))
                _frame.Blocked.RemoveAt(i);
        }
    }

    /// <summary>Tells whether nothing that is under way can still arrive at an activity.</summary>
    private bool IsSettled(int target)
    {
        foreach (ActivityExecution child in _flowchart.Children)
        {
            if (_graph.IsAncestor(child.Node.Ordinal, target))
                return false;
        }

        foreach (WorkItem item in _flowchart.Run.Scheduled)
        {
            if (item.Owner == _flowchart && item.Node is { } node && _graph.IsAncestor(node.Ordinal, target))
                return false;
        }

        foreach (int connection in _frame.Arrived)
        {
            int waiting = _plan.Target[connection];
            if (waiting != target && _graph.IsAncestor(waiting, target) && !IsDead(waiting, target))
                return false;
        }

        return true;
    }

    /// <summary>Tells whether a join can never run because a branch was not taken; the activities right behind it are blocked all the same.</summary>
    private bool IsDead(int join, int target)
    {
        if (_plan.Merge[join].Mode(_flowchart) is not (MergeMode.Merge or MergeMode.Converge))
            return false;
        foreach (int connection in _graph.ForwardInbound(target))
        {
            if (_plan.Source[connection] == join)
                return false;
        }

        foreach (int connection in _graph.ForwardInbound(join))
        {
            if (!_frame.Arrived.Contains(connection) && !IsUnderWay(_plan.Source[connection]))
                return true;
        }

        return false;
    }

    /// <summary>Tells whether an activity, or one before it, is running, faulted, scheduled, or waits at a join.</summary>
    private bool IsUnderWay(int activity) => IsPending(activity) || HasArrivals(activity) || !IsSettled(activity);

    private bool IsPending(int activity)
    {
        foreach (ActivityExecution child in _flowchart.Children)
        {
            if (child.Node.Ordinal == activity)
                return true;
        }

        foreach (WorkItem item in _flowchart.Run.Scheduled)
        {
            if (item.Owner == _flowchart && item.Node is { } node && node.Ordinal == activity)
                return true;
        }

        return false;
    }

    private bool IsAnyPredecessorPending(int target)
    {
        foreach (int connection in _graph.ForwardInbound(target))
        {
            int source = _plan.Source[connection];
            if (IsPending(source) || HasArrivals(source))
                return true;
        }

        return false;
    }

    private bool IsAnyScheduled()
    {
        foreach (WorkItem item in _flowchart.Run.Scheduled)
        {
            if (item.Owner == _flowchart)
                return true;
        }

        return false;
    }

    private bool HasArrivals(int activity)
    {
        foreach (int connection in _frame.Arrived)
        {
            if (_plan.Target[connection] == activity)
                return true;
        }

        return false;
    }

    private bool HasAll(int[] connections)
    {
        if (connections.Length <= 1)
            return true;
        foreach (int connection in connections)
        {
            if (!_frame.Arrived.Contains(connection))
                return false;
        }

        return true;
    }

    private void Remove(int target)
    {
        for (int i = _frame.Arrived.Count - 1; i >= 0; i--)
        {
            if (_plan.Target[_frame.Arrived[i]] == target)
                _frame.Arrived.RemoveAt(i);
        }
    }

    /// <summary>Forgets connections from or to a cancelled activity, but not what has arrived at the activity for which it was cancelled.</summary>
    private void Forget(List<int> connections, int cancelled, int winner)
    {
        for (int i = connections.Count - 1; i >= 0; i--)
        {
            int target = _plan.Target[connections[i]];
            if (target != winner && (target == cancelled || _plan.Source[connections[i]] == cancelled))
                connections.RemoveAt(i);
        }
    }
}
