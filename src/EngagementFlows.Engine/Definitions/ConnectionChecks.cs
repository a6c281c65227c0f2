using System.Text.Json;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Activities.ControlFlow;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Checks the connections of a flowchart.</summary>
internal static class ConnectionChecks
{
    public static void Check(ActivityNode flowchart, DefinitionCatalogue catalogue, List<DefinitionFault> faults)
    {
        foreach (JsonElement item in flowchart.Json.Items("connections"))
        {
            (string? source, _, string? target) = ConnectionReader.Ends(item);
            CheckEnd(flowchart, source, "source", faults);
            CheckEnd(flowchart, target, "target", faults);
        }

        foreach (Connection connection in flowchart.Connections)
            CheckPort(connection, catalogue, faults);
        if (flowchart.Activity is Flowchart)
            CheckReach(flowchart, faults);
    }

    private static void CheckEnd(ActivityNode flowchart, string? id, string end, List<DefinitionFault> faults)
    {
        if (id is not null && flowchart.Child(id) is not null)
            return;
        string hint = id is null ? string.Empty : NearestName.Suggest(id, flowchart.Children.Select(child => child.Id));
        faults.Add(new(
            FaultSeverity.Fault,
            flowchart.Id,
            "connections",
            $"A connection of {flowchart} has the {end} '{id}', which is not in it; the connection is left out.{hint} Remove the connection, or add the activity.")
        {
            Chinese = $"{flowchart}中有一条连线的{(end == "source" ? "起点" : "终点")}“{id}”不在其中，该连线不起作用。请删除连线，或添加该活动。",
        });
    }

    private static void CheckPort(Connection connection, DefinitionCatalogue catalogue, List<DefinitionFault> faults)
    {
        if (Ports(connection.Source, catalogue) is not { } ports || ports.Contains(connection.Port, StringComparer.Ordinal))
            return;
        faults.Add(new(
            FaultSeverity.Fault,
            connection.Source.Id,
            "connections",
            $"The connection from {connection.Source} to {connection.Target} leaves by the port '{connection.Port}', which is never followed. Ports of '{connection.Source.TypeName}' here: {string.Join(", ", ports)}.")
        {
            Chinese = $"从{connection.Source}到{connection.Target}的连线使用出口“{connection.Port}”，该出口永远不会走到。“{connection.Source.TypeName}”在此的出口：{string.Join("、", ports)}。",
        });
    }

    /// <summary>Returns the outcomes that an activity can have; <see langword="null"/> if only running it tells.</summary>
    private static IReadOnlyList<string>? Ports(ActivityNode node, DefinitionCatalogue catalogue)
    {
        if (node.Activity is null)
            return catalogue.AsActivity(node.TypeName, node.TypeVersion) is { } definition ? [.. definition.Outcomes, "Done"] : null;
        switch (node.Activity)
        {
            case FlowSwitch:
                return [.. SwitchCases.Of(node).Conditions.Select(one => one.Label), "Default"];
            case FlowFork:
                Expression? branches = node.Input("branches")?.Expression;
                if (branches is null)
                    return ["Done"];
                object? value = branches.Kind == ExpressionKind.Object && branches.Text is { } text && PlainJson.TryParse(text, out object? parsed) ? parsed : branches.Value;
                return branches.Kind is ExpressionKind.Object or ExpressionKind.Literal && value is PlainList list ? [.. list.OfType<string>(), "Done"] : null;
            default:
                ActivityDescriptor descriptor = node.Activity.Descriptor;
                return descriptor.HasDynamicOutcomes ? null : descriptor.Outcomes;
        }
    }

    private static void CheckReach(ActivityNode flowchart, List<DefinitionFault> faults)
    {
        FlowPlan plan = flowchart.Plan(static node => new FlowPlan(node));
        HashSet<int> reached = [];
        Stack<int> stack = new();
        foreach (ActivityNode node in plan.Activities)
        {
            if (node.Ordinal == plan.DefaultStart || (node.CanStartWorkflow && node.Activity is { Descriptor.Kind: "Trigger" }))
                stack.Push(node.Ordinal);
        }

        while (stack.TryPop(out int at))
        {
            if (!reached.Add(at))
                continue;
            foreach (int connection in plan.Outbound[at])
                stack.Push(plan.Target[connection]);
        }

        foreach (ActivityNode node in plan.Activities.Where(node => !reached.Contains(node.Ordinal)))
            faults.Add(new(FaultSeverity.Warning, node.Id, null, $"The activity {node} never runs: no connection leads to it from the start {plan.Activities[plan.DefaultStart]}. Connect it, or remove it.")
            {
                Chinese = $"活动{node}永远不会运行：从起点{plan.Activities[plan.DefaultStart]}没有连线通向它。请连接或删除。",
            });
    }
}
