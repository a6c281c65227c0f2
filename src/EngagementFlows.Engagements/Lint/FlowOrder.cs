using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>Which activity may come after which, as containers and connections say. Pure.</summary>
internal static class FlowOrder
{
    private const string Flowchart = "Elsa.Flowchart";

    /// <summary>Tells whether an activity holds a drawing.</summary>
    public static bool IsFlowchart(ActivityNode node) => node.TypeName == Flowchart;

    /// <summary>Tells whether something is done after an activity has left by a port; outside of drawings a container goes on whatever the outcome was.</summary>
    public static bool LeadsOn(ActivityNode node, string port) => node.Parent is not { } parent || !IsFlowchart(parent) || parent.Connections.Any(connection => connection.Source == node && connection.Port == port);

    /// <summary>Tells whether <paramref name="later"/> may run after <paramref name="earlier"/> in the same instance.</summary>
    public static bool MayFollow(ActivityNode earlier, ActivityNode later)
    {
        ActivityNode[] one = Path(earlier);
        ActivityNode[] other = Path(later);
        int common = 0;
        while (common < one.Length && common < other.Length && one[common] == other[common])
            common++;
        if (common == 0 || common >= one.Length || common >= other.Length)
            return false;
        ActivityNode container = one[common - 1];
        return IsFlowchart(container) ? Reached(container, one[common], static _ => true).Contains(other[common])
            : container.TypeName == "Elsa.Sequence" && Array.IndexOf([.. container.Children], one[common]) < Array.IndexOf([.. container.Children], other[common]);
    }

    /// <summary>Returns the activities of a drawing that are reached from one of them; itself only if a way leads back.</summary>
    /// <param name="flowchart">The drawing.</param>
    /// <param name="from">The activity.</param>
    /// <param name="passes">Whether the way goes on beyond an activity that is reached.</param>
    /// <param name="port">The port by which the way begins; <see langword="null"/> = any.</param>
    public static HashSet<ActivityNode> Reached(ActivityNode flowchart, ActivityNode from, Func<ActivityNode, bool> passes, string? port = null)
    {
        HashSet<ActivityNode> reached = [.. flowchart.Connections.Where(connection => connection.Source == from && (port is null || connection.Port == port)).Select(connection => connection.Target)];
        Stack<ActivityNode> open = new(reached.Where(passes));
        while (open.TryPop(out ActivityNode? at))
        {
            foreach (Connection connection in flowchart.Connections)
            {
                if (connection.Source == at && reached.Add(connection.Target) && passes(connection.Target))
                    open.Push(connection.Target);
            }
        }

        return reached;
    }

    /// <summary>Tells whether something beside an activity ends its waiting: a clock, or a wait that has one, before a join for the first arrival.</summary>
    public static bool IsRaced(ActivityNode node)
    {
        for (ActivityNode at = node; at.Parent is { } parent; at = parent)
        {
            if (IsFlowchart(parent) && IsRacedIn(parent, at))
                return true;
            if (parent.TypeName == "Elsa.Fork" && FlowFacts.Constant(parent, "joinMode") is "WaitAny" or "1" && parent.Children.Any(branch => branch != at && branch.SelfAndDescendants().Any(EndsByItself)))
                return true;
        }

        return false;
    }

    private static bool IsRacedIn(ActivityNode flowchart, ActivityNode node)
    {
        HashSet<ActivityNode> after = Reached(flowchart, node, static _ => true);
        ActivityNode[] joins = [.. after.Where(JoinsTheFirst)];
        return joins.Length > 0 && flowchart.Children.Any(other => EndsByItself(other) && !after.Contains(other)
            && Reached(flowchart, other, static _ => true) is var beyond && !beyond.Contains(node) && beyond.Overlaps(joins));
    }

    private static bool JoinsTheFirst(ActivityNode node) =>
        node.TypeName == "Elsa.FlowJoin" ? FlowFacts.Constant(node, "mode") is null or "WaitAny" or "0" : string.Equals(node.MergeMode, "Race", StringComparison.OrdinalIgnoreCase);

    private static bool EndsByItself(ActivityNode node) =>
        FlowFacts.IsTimer(node) || FlowFacts.Is(node, "AskClient") || FlowFacts.Is(node, "ScheduleMeeting") || (FlowFacts.AsksStaff(node) && FlowWaits.HasEnd(node));

    private static ActivityNode[] Path(ActivityNode node)
    {
        List<ActivityNode> path = [];
        for (ActivityNode? at = node; at is not null; at = at.Parent)
            path.Insert(0, at);
        return [.. path];
    }
}
