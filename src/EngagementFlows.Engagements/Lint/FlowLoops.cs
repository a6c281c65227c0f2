using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>The rule about loops: in each round something is counted, or a member of staff decides. Pure.</summary>
/// <remarks>A client's answers limit nothing: whoever is asked again and again is harmed by just that.</remarks>
internal static class FlowLoops
{
    public static IEnumerable<DefinitionFault> Check(WorkflowDefinition definition, ActivityNode node)
    {
        if (FlowOrder.IsFlowchart(node))
            return Endless(definition, node.Children, node.Connections);
        return node.TypeName == "Elsa.While" && WhileFault(definition, node) is { } fault ? [fault] : [];
    }

    // What the ways that are limited leave over must have no way around any more. A variable that one round sets back may still limit a smaller one within it.
    private static IEnumerable<DefinitionFault> Endless(WorkflowDefinition definition, IReadOnlyList<ActivityNode> activities, IReadOnlyList<Connection> connections)
    {
        foreach (ActivityNode[] round in Rounds(activities, connections))
        {
            Connection[] ways = [.. connections.Where(connection => round.Contains(connection.Source) && round.Contains(connection.Target))];
            Connection[] unlimited = [.. ways.Where(connection => !IsLimited(definition, connection, round))];
            if (unlimited.Length == ways.Length)
            {
                yield return Fault(definition, round);
                continue;
            }

            foreach (DefinitionFault fault in Endless(definition, round, unlimited))
                yield return fault;
        }
    }

    private static DefinitionFault Fault(WorkflowDefinition definition, ActivityNode[] round)
    {
        ActivityNode first = round[0];
        bool reaches = round.SelectMany(node => node.SelfAndDescendants()).Any(FlowFacts.MailsClient);
        if (LoopCounters.SetBack(definition, round) is var (variable, node))
        {
            FaultText back = new(
                $"Nothing ends the loop through {round}: its rounds are counted in '{variable.Name}', but {node} on the way sets that back, so that the count begins again and again. Set it before the loop.",
                $"经过{round}的循环没有任何限制：轮次记在“{variable.Name}”中，但途中的{node}将其重置，计数总是从头开始。请在循环之前设置它。");
            return reaches ? Finding.Blocks(LintRules.LoopWithoutLimit, first, null, back) : Finding.Warns(LintRules.LoopWithoutLimit, first, null, back);
        }

        return reaches
            ? Finding.Blocks(LintRules.LoopWithoutLimit, first, null, new(
                $"The loop through {round} reaches the client in each round, and nothing ends it: no round is counted and no member of staff decides. Count the rounds in a variable and ask it in a decision, or give a task to somebody after a few.",
                $"经过{round}的循环每一轮都会联系客户，却没有任何限制：既不计轮次，也没有同事决定。请用变量计数并在判断中检查，或在几轮之后把任务交给同事。"))
            : Finding.Warns(LintRules.LoopWithoutLimit, first, null, new(
                $"Nothing ends the loop through {round}: no round is counted and no member of staff decides. Count the rounds in a variable and ask it in a decision.",
                $"经过{round}的循环没有任何限制：既不计轮次，也没有同事决定。请用变量计数并在判断中检查。"));
    }

    /// <summary>Returns the sets of activities of which each is on a way from each to itself, in the order of the drawing.</summary>
    private static IEnumerable<ActivityNode[]> Rounds(IReadOnlyList<ActivityNode> activities, IReadOnlyList<Connection> connections)
    {
        ILookup<ActivityNode, ActivityNode> next = connections.ToLookup(connection => connection.Source, connection => connection.Target);
        ILookup<ActivityNode, ActivityNode> previous = connections.ToLookup(connection => connection.Target, connection => connection.Source);
        HashSet<ActivityNode> told = [];
        foreach (ActivityNode start in activities)
        {
            if (told.Contains(start))
                continue;
            HashSet<ActivityNode> round = Closure(start, next);
            if (!round.Contains(start))
                continue;
            round.IntersectWith(Closure(start, previous));
            told.UnionWith(round);
            yield return [.. activities.Where(round.Contains)];
        }
    }

    private static HashSet<ActivityNode> Closure(ActivityNode start, ILookup<ActivityNode, ActivityNode> next)
    {
        HashSet<ActivityNode> found = [];
        Stack<ActivityNode> open = new([start]);
        while (open.TryPop(out ActivityNode? at))
        {
            foreach (ActivityNode node in next[at])
            {
                if (found.Add(node))
                    open.Push(node);
            }
        }

        return found;
    }

    private static bool IsLimited(WorkflowDefinition definition, Connection connection, ActivityNode[] round) => connection switch
    {
        // A person chose to go on. That nobody answered in time is no choice.
        { Port: not TaskOutcomes.TimedOut } when FlowFacts.AsksStaff(connection.Source) => true,
        // The ladder has an end.
        { Port: "Escalated" } when FlowFacts.Is(connection.Source, "Escalate") => true,
        _ => LoopCounters.Decides(connection.Source) && LoopCounters.Limits(definition, connection.Source, round),
    };

    private static DefinitionFault? WhileFault(WorkflowDefinition definition, ActivityNode loop)
    {
        ActivityNode[] body = [.. loop.Children.SelectMany(child => child.SelfAndDescendants())];
        if (body.Any(node => node.TypeName == "Elsa.Break" || FlowFacts.AsksStaff(node)) || LoopCounters.Limits(definition, loop, [.. loop.Children]))
            return null;
        return Fault(definition, [loop]);
    }
}
