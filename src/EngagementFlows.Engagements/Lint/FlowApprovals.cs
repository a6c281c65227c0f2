using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>The rule about approvals: whoever made what is approved is named, so that he cannot decide about it. Pure.</summary>
internal static class FlowApprovals
{
    public static IEnumerable<DefinitionFault> Check(WorkflowDefinition definition, ActivityNode node)
    {
        if (!FlowFacts.Is(node, "RequestApproval"))
            yield break;
        ActivityNode[] work = [.. definition.Root.SelfAndDescendants().Where(other => other != node && (FlowFacts.Is(other, "AssignTask") || FlowFacts.Is(other, "CollectMinutes")) && FlowOrder.MayFollow(other, node))];
        if (work.Length == 0)
            yield break;
        if (!FlowFacts.IsSet(node, "requestedBy"))
        {
            yield return Finding.Blocks(LintRules.ApprovalByRequester, node, "requestedBy", new(
                $"The activity {node} asks for an approval of what members of staff did before ({work[0]}), and does not say who: that person could approve it himself. Keep 'Completed by' of the task in a variable and set 'requestedBy' to it.",
                $"活动{node}请求审批同事此前的工作（{work[0]}），却没有说明是谁完成的：此人可能自行批准。请把该任务的输出“处理人”保存到变量，并填入“申请人”。"));
        }
        else if (IsOfNothing(definition, node.Input("requestedBy")!.Expression))
        {
            yield return Finding.Blocks(LintRules.ApprovalByRequester, node, "requestedBy", new(
                $"The activity {node} names as its requester a variable that nothing ever sets, so everybody could approve. Bind the output 'Completed by' of the task before ({work[0]}) to it.",
                $"活动{node}的申请人取自一个从未赋值的变量，因此任何人都能批准。请把此前任务（{work[0]}）的输出“处理人”绑定到该变量。"));
        }
    }

    // An input of the flow may stand behind the name of a variable.
    private static bool IsOfNothing(WorkflowDefinition definition, Expression expression) => expression.Kind == ExpressionKind.Variable
        ? !IsEverSet(definition, expression.Text!)
        : VariableUse.ReadsOnly(expression, [.. FlowFacts.Variables(definition)
            .GroupBy(variable => variable.Name, variable => variable.Id, StringComparer.Ordinal)
            .Where(named => !named.Any(id => IsEverSet(definition, id)) && !definition.Inputs.Any(input => input.Name.Equals(named.Key, StringComparison.OrdinalIgnoreCase)))
            .Select(named => named.Key)]);

    private static bool IsEverSet(WorkflowDefinition definition, string id)
    {
        VariableDeclaration? variable = FlowFacts.Variables(definition).FirstOrDefault(known => known.Id == id);
        return variable?.DefaultValue is not null || definition.Root.SelfAndDescendants().Any(node =>
            node.Outputs.Any(output => output.TargetId == id) || VariableUse.SetBy(node) == id || (variable is not null && VariableUse.SetsByScript(node, variable.Name)));
    }
}
