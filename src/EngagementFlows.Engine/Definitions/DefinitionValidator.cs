using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Finds what is wrong with a definition, all at once.</summary>
public static class DefinitionValidator
{
    /// <summary>
    /// Returns the faults, activity by activity from the outside in. Those of severity <see cref="FaultSeverity.Refused"/> and
    /// <see cref="FaultSeverity.Fault"/> block publication; warnings do not.
    /// </summary>
    /// <param name="definition">The definition.</param>
    /// <param name="catalogue">The definitions and activity types around it.</param>
    public static IReadOnlyList<DefinitionFault> Validate(WorkflowDefinition definition, DefinitionCatalogue catalogue)
    {
        List<DefinitionFault> faults = [];
        VariableChecks.Check(definition, faults);
        Dictionary<string, ActivityNode> byId = new(StringComparer.Ordinal);
        foreach (ActivityNode node in definition.Root.SelfAndDescendants())
        {
            if (!byId.TryAdd(node.Id, node))
            {
                faults.Add(new(
                    FaultSeverity.Warning,
                    node.Id,
                    "id",
                    $"The id '{node.Id}' is used in {byId[node.Id].Parent} and again in {node.Parent}. It works, but journal and scripts cannot tell them apart; rename one.")
                {
                    Chinese = $"编号“{node.Id}”在{byId[node.Id].Parent}和{node.Parent}中重复使用。流程可以运行，但日志与脚本无法区分两者，请更改其中一个。",
                });
            }

            Check(definition, node, catalogue, faults);
        }

        faults.AddRange(PublicationRefusals(definition, catalogue));
        return faults;
    }

    /// <summary>Returns what keeps a definition from being published at all, as Elsa does: triggers whose inputs cannot be evaluated.</summary>
    public static IReadOnlyList<DefinitionFault> PublicationRefusals(WorkflowDefinition definition, DefinitionCatalogue catalogue)
    {
        List<DefinitionFault> faults = [];
        TriggerReader.Read(definition, catalogue, [], faults);
        return faults;
    }

    private static void Check(WorkflowDefinition definition, ActivityNode node, DefinitionCatalogue catalogue, List<DefinitionFault> faults)
    {
        if (node.Activity is null && catalogue.AsActivity(node.TypeName, node.TypeVersion) is null)
        {
            faults.Add(UnknownType(node, catalogue));
            return;
        }

        if (node.Activity is { } activity)
            CheckInputs(node, activity.Descriptor, faults);
        if (node.Activity is { Descriptor.WaitsUnbounded: true } && !node.CanStartWorkflow)
        {
            faults.Add(new(
                FaultSeverity.Warning,
                node.Id,
                null,
                $"The activity {node} waits without any way to end by itself: if nothing ever comes, the instance waits for ever. Put a Delay beside it in a Fork or before a join for the first arrival, if that matters.")
            {
                Chinese = $"活动{node}的等待没有任何自行结束的方式：若一直没有结果，实例会一直等待。如有必要，请在分叉中或“任一到达”的汇合之前，在它旁边放一个延时。",
                Rule = node.TypeName == "Elsa.Event" ? FaultRules.EventWithoutLimit : FaultRules.WaitWithoutTimeOut,
            });
        }

        ConnectionChecks.Check(node, catalogue, faults);
        new ExpressionChecks(definition, node, faults).Check();
    }

    private static void CheckInputs(ActivityNode node, ActivityDescriptor descriptor, List<DefinitionFault> faults)
    {
        foreach (InputDescriptor input in descriptor.Inputs)
        {
            if (input.IsRequired && !IsSet(node, input))
            {
                faults.Add(new(
                    FaultSeverity.Fault,
                    node.Id,
                    input.Name,
                    $"The activity {node} of type '{node.TypeName}' needs the input '{input.Name}', which is not set. Set it in the designer.")
                {
                    Chinese = $"活动{node}（{descriptor.DisplayName.ZhCn}）的必填项“{input.DisplayName.ZhCn}”未填写，请在设计器中填写。",
                });
            }
        }
    }

    private static bool IsSet(ActivityNode node, InputDescriptor input) => input.IsEvaluated
        ? node.Input(input.Name) is { Expression.Value: not (null or "") }
        : node.Json.Find(input.Name, out System.Text.Json.JsonElement value) && value.ValueKind is not (System.Text.Json.JsonValueKind.Null or System.Text.Json.JsonValueKind.Undefined);

    private static DefinitionFault UnknownType(ActivityNode node, DefinitionCatalogue catalogue)
    {
        IEnumerable<string> known = catalogue.Activities.All.Select(activity => activity.Descriptor.TypeName)
            .Concat(catalogue.All.Select(definition => definition.ActivityTypeName).OfType<string>());
        string hint = Scripts.NearestName.Suggest(node.TypeName, known);
        return new(
            FaultSeverity.Fault,
            node.Id,
            "type",
            $"The activity {node} has the type '{node.TypeName}', which is neither registered nor a published workflow that is usable as an activity.{(hint.Length > 0 ? hint : " Correct the type, or publish that workflow.")}")
        {
            Chinese = $"活动{node}的类型“{node.TypeName}”未知：既不是已注册的活动，也不是可用作活动的已发布流程。请更正类型，或发布该流程。",
        };
    }
}
