using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>The rule about loops: in each round something is counted, or a member of staff decides. Pure.</summary>
/// <remarks>A client's answers limit nothing: whoever is asked again and again is harmed by just that.</remarks>
internal static class FlowLoops
{
    public static IEnumerable<DefinitionFault> Check(WorkflowDefinition definition, ActivityNode node)
    {
        if (FlowOrder.IsFlowchart(node))
            return InFlowchart(definition, node);
        return node.TypeName == "Elsa.While" && WhileFault(definition, node) is { } fault ? [fault] : [];
    }

    private static IEnumerable<DefinitionFault> InFlowchart(WorkflowDefinition definition, ActivityNode flowchart)
    {
        VariableDeclaration[] variables = [.. FlowFacts.Variables(definition)];
        foreach (ActivityNode[] round in Rounds(flowchart.Children, flowchart.Connections))
        {
            // What the ways that are limited leave over must have no way around any more.
            Connection[] unlimited = [.. flowchart.Connections.Where(connection => round.Contains(connection.Source) && round.Contains(connection.Target) && !IsLimited(connection, round, variables))];
            foreach (ActivityNode[] endless in Rounds(round, unlimited))
                yield return Fault(endless);
        }
    }

    private static DefinitionFault Fault(ActivityNode[] round)
    {
        ActivityNode first = round[0];
        return round.SelectMany(node => node.SelfAndDescendants()).Any(FlowFacts.MailsClient)
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

    private static bool IsLimited(Connection connection, ActivityNode[] round, VariableDeclaration[] variables) => connection switch
    {
        // A person chose to go on. That nobody answered in time is no choice.
        { Port: not TaskOutcomes.TimedOut } when FlowFacts.AsksStaff(connection.Source) => true,
        // The ladder has an end.
        { Port: "Escalated" } when FlowFacts.Is(connection.Source, "Escalate") => true,
        _ => connection.Source.TypeName is "Elsa.FlowDecision" or "Elsa.FlowSwitch" or "Elsa.RunJavaScript" && Counts(connection.Source, round, variables),
    };

    /// <summary>Tells whether a decision asks a variable that counts the rounds.</summary>
    private static bool Counts(ActivityNode decision, ActivityNode[] round, VariableDeclaration[] variables) => variables.Any(variable =>
        VariableUse.ExpressionsOf(decision).Any(expression => VariableUse.Reads(expression, variable))
        && round.SelectMany(node => node.SelfAndDescendants()).Any(node => IsCounter(node, variable)));

    // It is set to something made of itself, or to a number or an instant that an activity gives: of a version, of an occurrence.
    private static bool IsCounter(ActivityNode node, VariableDeclaration variable) =>
        ((VariableUse.SetBy(node) == variable.Id || VariableUse.SetsByScript(node, variable.Name)) && VariableUse.ExpressionsOf(node).Any(expression => VariableUse.Reads(expression, variable)))
        || node.Outputs.Any(output => output.TargetId == variable.Id && TypeOf(node, output.Name) is "Int32" or "DateTimeOffset");

    private static string? TypeOf(ActivityNode node, string output) =>
        node.Activity?.Descriptor.Outputs.FirstOrDefault(known => known.Name.Equals(output, StringComparison.OrdinalIgnoreCase))?.TypeName;

    private static DefinitionFault? WhileFault(WorkflowDefinition definition, ActivityNode loop)
    {
        ActivityNode[] body = [.. loop.Children.SelectMany(child => child.SelfAndDescendants())];
        if (body.Any(node => node.TypeName == "Elsa.Break" || FlowFacts.AsksStaff(node)) || Counts(loop, [.. loop.Children], [.. FlowFacts.Variables(definition)]))
            return null;
        return Fault([loop]);
    }
}
