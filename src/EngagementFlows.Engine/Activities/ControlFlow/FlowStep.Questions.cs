using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <content>What can still arrive where.</content>
internal ref partial struct FlowStep
{
    /// <summary>Tells whether nothing that is under way can still arrive at an activity from where nothing has arrived yet.</summary>
    private bool IsSettled(int target)
    {
        if (IsTurnToCome(target))
            return false;
        Span<bool> missing = _plan.Count <= 512 ? stackalloc bool[_plan.Count] : new bool[_plan.Count];
        bool hasArrivals = FindMissing(target, missing);
        foreach (ActivityExecution child in _flowchart.Children)
        {
            if (IsAwaited(child.Node.Ordinal, target, hasArrivals, missing))
                return false;
        }

        foreach (WorkItem item in _flowchart.Run.Scheduled)
        {
            if (item.Owner == _flowchart && item.Node is { } node && IsAwaited(node.Ordinal, target, hasArrivals, missing))
                return false;
        }

        foreach (int connection in _frame.Arrived)
        {
            int waiting = _plan.Target[connection];
            if (waiting != target && !_frame.Blocked.Contains(connection) && IsAwaited(waiting, target, hasArrivals, missing) && !IsDead(waiting, target))
                return false;
        }

        return true;
    }

    /// <summary>Marks the activities right before another from which nothing has arrived there; returns whether anything has.</summary>
    private bool FindMissing(int target, scoped Span<bool> missing)
    {
        foreach (int connection in _graph.ForwardInbound(target))
            missing[_plan.Source[connection]] = true;
        bool hasArrivals = false;
        foreach (int connection in _frame.Arrived)
        {
            if (_plan.Target[connection] != target)
                continue;
            hasArrivals = true;
            missing[_plan.Source[connection]] = false;
        }

        return hasArrivals;
    }

    /// <summary>Tells whether something at the one activity can come to the other from a side that is still missing there; a round of a loop that only begins does not hold up what came of the last one.</summary>
    private bool IsAwaited(int activity, int target, bool hasArrivals, scoped ReadOnlySpan<bool> missing)
    {
        if (!IsBefore(activity, target) || (_reentered is not null && _reentered.Contains(activity) && IsOfLoop(activity, target)))
            return false;
        if (!hasArrivals || missing[activity])
            return true;
        foreach (int connection in _graph.ForwardInbound(target))
        {
            int source = _plan.Source[connection];
            if (missing[source] && IsBefore(activity, source))
                return true;
        }

        return false;
    }

    /// <summary>Tells whether everything that has arrived at an activity came from behind the head of a loop.</summary>
    private bool IsOfLoop(int head, int target)
    {
        bool hasArrivals = false;
        foreach (int connection in _frame.Arrived)
        {
            if (_plan.Target[connection] != target)
                continue;
            hasArrivals = true;
            if (_plan.Source[connection] != head && !_graph.IsAncestor(head, _plan.Source[connection]))
                return false;
        }

        return hasArrivals;
    }

    /// <summary>
    /// Tells whether a connection that leads to an activity is still to be looked at in this step. One that is not taken counts too, also before the activity;
    /// in token mode only behind activities that are skipped, because there the branches that an outcome leaves out do not hold up those that it takes.
    /// </summary>
    private bool IsTurnToCome(int target)
    {
        foreach (int connection in _upcoming)
        {
            if (IsTaken(connection) ? _plan.Target[connection] == target : _flowchart.Run.CounterMode && LeadsTo(connection, target))
                return true;
        }

        foreach ((int[] connections, int next) in _skipping ?? [])
        {
            for (int i = next; i < connections.Length; i++)
            {
                if (LeadsTo(connections[i], target))
                    return true;
            }
        }

        return false;
    }

    private bool LeadsTo(int connection, int target)
    {
        int next = _plan.Target[connection];
        return _graph.IsForward(connection) && !_frame.Blocked.Contains(connection) && (next == target || IsBefore(next, target));
    }

    /// <summary>Tells whether something at the one activity can still come to the other: forward, and over no connection whose arrivals are ignored.</summary>
    private bool IsBefore(int activity, int target) => _graph.IsAncestor(activity, target) && (_frame.Blocked.Count == 0 || _graph.LeadsTo(activity, target, _frame.Blocked));

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
        if (connections.Length <= 1 || _frame.Arrived.Count < connections.Length)
            return connections.Length <= 1;
        foreach (int connection in connections)
        {
            if (!_frame.Arrived.Contains(connection))
                return false;
        }

        return true;
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

    private readonly bool IsTaken(int connection) => IsIn(_outcomes, _plan.Port[connection]);
}
