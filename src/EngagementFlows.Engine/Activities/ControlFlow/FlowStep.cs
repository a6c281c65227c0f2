using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>What a flowchart does when one of its activities completes.</summary>
internal ref partial struct FlowStep
{
    private readonly ActivityExecution _flowchart;
    private readonly FlowFrame _frame;
    private readonly FlowPlan _plan;
    private readonly FlowGraph _graph;

    // The connections of the completed activity whose turn is still to come, and those of activities that are being skipped behind it.
    private ReadOnlySpan<int> _upcoming;
    private IReadOnlyList<string> _outcomes = [];
    private Stack<(int[] Connections, int Next)>? _skipping;

    // The heads of loops into which this step goes back.
    private List<int>? _reentered;

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
        int[] outbound = _plan.Outbound[activity];
        _outcomes = outcomes;

        // All arrivals are noted first: a join must know that its other branch is under way, even if that branch begins in this very step.
        foreach (int connection in outbound)
        {
            if (!IsTaken(connection))
                continue;
            _frame.Arrived.Add(connection);
            if (!_graph.IsForward(connection))
                (_reentered ??= []).Add(_plan.Target[connection]);
        }

        for (int i = 0; i < outbound.Length; i++)
        {
            _upcoming = outbound.AsSpan(i + 1);
            if (IsTaken(outbound[i]))
                Arrive(outbound[i], activity);
            else if (_frame.Arrived.Count > 0)
                Forgo(outbound[i]);
            GoOnBehindSkipped();
        }

        if (_frame.Blocked.Count > 0)
            Unblock();
        if (_frame.Arrived.Count > 0)
            Reconsider();
        if (_flowchart.Children.Count == 0 && _frame.Arrived.Count == 0 && !IsAnyScheduled())
            _flowchart.Run.Complete(_flowchart);
    }

    /// <summary>Cancels the unfinished executions that lie before an activity, forgets what came from or waits at them, and skips what only they could have reached.</summary>
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
            Skip(cancelled);
            GoOnBehindSkipped();
            i = -1;
        }
    }

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
            case MergeMode.Merge:
                if (HasAll(_graph.ForwardInbound(target)))
                    Run(target);
                break;
            case MergeMode.AllOrSkip:
                TryRelease(target);
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

        Run(target);
        CancelAncestors(target);
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

    /// <summary>Notes that nothing comes over a connection: a join for which this was the last thing to wait for runs, an activity that nothing can reach any more is skipped.</summary>
    private void Forgo(int connection)
    {
        int target = _plan.Target[connection];
        if (!_graph.IsForward(connection))
            return;
        if (HasArrivals(target))
            TryRelease(target);
        else if (!IsPending(target) && IsSettled(target))
            Skip(target);
    }

    private void Skip(int activity) => (_skipping ??= new()).Push((_plan.Outbound[activity], 0));

    /// <summary>Goes on behind skipped activities, depth first in the order of the connections.</summary>
    private void GoOnBehindSkipped()
    {
        while (_skipping is not null && _skipping.TryPop(out (int[] Connections, int Next) level))
        {
            if (level.Next >= level.Connections.Length)
                continue;
            if (level.Next + 1 < level.Connections.Length)
                _skipping.Push((level.Connections, level.Next + 1));
            Forgo(level.Connections[level.Next]);
        }
    }

    /// <summary>Runs what waits at a join if nothing more can arrive, or skips it.</summary>
    private bool TryRelease(int target)
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
        Skip(target);
        return true;
    }

    private void Reconsider()
    {
        Span<bool> seen = _plan.Count <= 512 ? stackalloc bool[_plan.Count] : new bool[_plan.Count];
        for (int i = 0; i < _frame.Arrived.Count; i++)
        {
            int target = _plan.Target[_frame.Arrived[i]];
            if (seen[target])
                continue;
            seen[target] = true;
            if (!TryRelease(target))
                continue;
            GoOnBehindSkipped();
            seen.Clear();
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
