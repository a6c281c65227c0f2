using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>The connections of a flowchart seen from one start: which lead forward, and what lies before what. Activities and connections are numbered.</summary>
internal sealed class FlowGraph
{
    private readonly bool[] _isForward;
    private readonly int[][] _forwardInbound;
    private readonly ulong[][] _ancestors;

    public FlowGraph(FlowPlan plan, int start)
    {
        Plan = plan;
        Start = start;
        _isForward = FindForward(plan, start);
        _forwardInbound = Inbound(plan, _isForward);
        _ancestors = FindAncestors(plan, _isForward, _forwardInbound);
    }

    public FlowPlan Plan { get; }

    /// <summary>Gets the activity from which the flowchart runs; -1 if there is none.</summary>
    public int Start { get; }

    /// <summary>Tells whether a connection leads forward; one that closes a circle leads backward.</summary>
    public bool IsForward(int connection) => _isForward[connection];

    /// <summary>Returns the forward connections that lead to an activity.</summary>
    public int[] ForwardInbound(int activity) => _forwardInbound[activity];

    /// <summary>Tells whether forward connections lead from the one activity to the other.</summary>
    public bool IsAncestor(int ancestor, int activity) => (_ancestors[activity][ancestor / 64] & (1UL << (ancestor % 64))) != 0;

    /// <summary>Tells whether forward connections other than <paramref name="without"/> lead from the one activity to the other.</summary>
    public bool LeadsTo(int ancestor, int activity, List<int> without)
    {
        bool[] seen = new bool[Plan.Count];
        Stack<int> stack = new([activity]);
        while (stack.TryPop(out int at))
        {
            foreach (int connection in _forwardInbound[at])
            {
                int source = Plan.Source[connection];
                if (seen[source] || without.Contains(connection))
                    continue;
                if (source == ancestor)
                    return true;
                seen[source] = true;
                stack.Push(source);
            }
        }

        return false;
    }

    /// <summary>Tells whether every forward path from the start to the connection's source goes through its target.</summary>
    public bool IsValidBackward(int connection)
    {
        (int source, int target) = (Plan.Source[connection], Plan.Target[connection]);
        if (source == target || Start == target)
            return true;
        bool[] seen = new bool[Plan.Count];
        Queue<int> queue = new([Start]);
        seen[Start] = true;
        while (queue.TryDequeue(out int at))
        {
            if (at == source)
                return false;
            foreach (int next in Plan.Outbound[at])
            {
                int to = Plan.Target[next];
                if (!_isForward[next] || to == target || seen[to])
                    continue;
                seen[to] = true;
                queue.Enqueue(to);
            }
        }

        return true;
    }

    /// <summary>Walks the connections breadth first from the start; one that would close a circle among those taken so far is left out.</summary>
    private static bool[] FindForward(FlowPlan plan, int start)
    {
        bool[] isForward = new bool[plan.Source.Length];
        if (start < 0)
            return isForward;
        bool[] visited = new bool[plan.Count];
        HashSet<(int From, int To)> edges = [];
        List<int>[] next = new List<int>[plan.Count];
        Queue<int> queue = new([start]);
        while (queue.TryDequeue(out int at))
        {
            visited[at] = true;
            foreach (int connection in plan.Outbound[at])
            {
                int target = plan.Target[connection];
                if (edges.Contains((at, target)) || Reaches(next, target, at))
                    continue;
                edges.Add((at, target));
                (next[at] ??= []).Add(target);
                if (!visited[target])
                    queue.Enqueue(target);
            }
        }

        for (int connection = 0; connection < isForward.Length; connection++)
            isForward[connection] = edges.Contains((plan.Source[connection], plan.Target[connection]));
        return isForward;
    }

    private static bool Reaches(List<int>[] next, int from, int to)
    {
        if (from == to)
            return true;
        HashSet<int> seen = [from];
        Stack<int> stack = new([from]);
        while (stack.TryPop(out int at))
        {
            foreach (int target in next[at] ?? [])
            {
                if (target == to)
                    return true;
                if (seen.Add(target))
                    stack.Push(target);
            }
        }

        return false;
    }

    private static int[][] Inbound(FlowPlan plan, bool[] isForward)
    {
        int[][] inbound = new int[plan.Count][];
        for (int activity = 0; activity < plan.Count; activity++)
        {
            List<int> found = [];
            foreach (int connection in plan.Inbound[activity])
            {
                if (isForward[connection])
                    found.Add(connection);
            }

            inbound[activity] = [.. found];
        }

        return inbound;
    }

    /// <summary>Gives each activity a row of bits, one for each activity before it; the forward connections make no circle, so a row is the union of the rows right before it.</summary>
    private static ulong[][] FindAncestors(FlowPlan plan, bool[] isForward, int[][] forwardInbound)
    {
        ulong[][] ancestors = new ulong[plan.Count][];
        int[] open = Array.ConvertAll(forwardInbound, connections => connections.Length);
        Queue<int> ready = new(Enumerable.Range(0, plan.Count).Where(activity => open[activity] == 0));
        while (ready.TryDequeue(out int at))
        {
            ulong[] row = ancestors[at] = new ulong[(plan.Count + 63) / 64];
            foreach (int connection in forwardInbound[at])
            {
                int source = plan.Source[connection];
                for (int i = 0; i < row.Length; i++)
                    row[i] |= ancestors[source][i];
                row[source / 64] |= 1UL << (source % 64);
            }

            foreach (int connection in plan.Outbound[at])
            {
                if (isForward[connection] && --open[plan.Target[connection]] == 0)
                    ready.Enqueue(plan.Target[connection]);
            }
        }

        return ancestors;
    }
}

/// <summary>The activities and connections of a flowchart by number, and its graphs by start.</summary>
internal sealed class FlowPlan
{
    private readonly FlowGraph?[] _graphs;

    public FlowPlan(ActivityNode flowchart)
    {
        Activities = [.. flowchart.ChildrenIn("activities")];
        Count = Activities.Length;
        _graphs = new FlowGraph?[Count + 1];
        IReadOnlyList<Connection> connections = flowchart.Connections;
        Source = new int[connections.Count];
        Target = new int[connections.Count];
        Port = new string[connections.Count];
        List<int>[] outbound = new List<int>[Count];
        List<int>[] inbound = new List<int>[Count];
        for (int i = 0; i < connections.Count; i++)
        {
            Source[i] = connections[i].Source.Ordinal;
            Target[i] = connections[i].Target.Ordinal;
            Port[i] = connections[i].Port;
            (outbound[Source[i]] ??= []).Add(i);
            (inbound[Target[i]] ??= []).Add(i);
        }

        Outbound = Array.ConvertAll(outbound, list => list is null ? [] : list.ToArray());
        Inbound = Array.ConvertAll(inbound, list => list is null ? [] : list.ToArray());
        Merge = Array.ConvertAll(Activities, MergePlan.Of);
        DefaultStart = FindStart();
    }

    public int Count { get; }

    public ActivityNode[] Activities { get; }

    public int[] Source { get; }

    public int[] Target { get; }

    public string[] Port { get; }

    public int[][] Outbound { get; }

    public int[][] Inbound { get; }

    /// <summary>Gets how each activity joins what arrives.</summary>
    public MergePlan[] Merge { get; }

    /// <summary>Gets where the flowchart begins if no trigger says otherwise; -1 if it is empty.</summary>
    public int DefaultStart { get; }

    public FlowGraph Graph(int start)
    {
        ref FlowGraph? graph = ref _graphs[start + 1];
        return Volatile.Read(ref graph) ?? (graph = new FlowGraph(this, start));
    }

    /// <summary>Returns the activity that a trigger names if it stands directly in the flowchart, else the default.</summary>
    public int StartFor(string? triggerActivityId)
    {
        if (triggerActivityId is not null)
        {
            int found = Array.FindIndex(Activities, node => string.Equals(node.Id, triggerActivityId, StringComparison.Ordinal));
            if (found >= 0)
                return found;
        }

        return DefaultStart;
    }

    private int FindStart()
    {
        int start = Array.FindIndex(Activities, node => node.TypeName == "Elsa.Start");
        if (start < 0)
            start = Array.FindIndex(Activities, node => node.CanStartWorkflow);
        if (start < 0)
            start = Array.FindIndex(Activities, node => Inbound[node.Ordinal].Length == 0);
        return start < 0 && Count > 0 ? 0 : start;
    }
}
