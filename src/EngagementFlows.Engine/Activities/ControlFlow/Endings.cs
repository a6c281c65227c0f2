using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Does nothing; marks where a flowchart begins.</summary>
internal sealed class Start() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Start",
    Category = Describe.Flow,
    DisplayName = Describe.Text("Start", "开始"),
    Description = Describe.Text("Marks where a flowchart begins.", "标记流程图的起点。"),
    IsStart = true,
})
{
    public override ActivityResult Execute(ActivityContext context) => ActivityResult.Done;
}

/// <summary>Ends the enclosing flowchart or sequence.</summary>
internal sealed class End() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.End",
    Category = Describe.Flow,
    DisplayName = Describe.Text("End", "结束"),
    Description = Describe.Text("Ends the enclosing flowchart or sequence.", "结束所在的流程图或顺序。"),
    IsTerminal = true,
})
{
    public override ActivityResult Execute(ActivityContext context) => ActivityResult.Done;
}

/// <summary>Ends the whole instance.</summary>
internal sealed class Finish() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Finish",
    Category = Describe.Primitives,
    DisplayName = Describe.Text("Finish", "完结"),
    Description = Describe.Text("Ends the whole workflow at once.", "立即结束整个工作流。"),
    IsTerminal = true,
})
{
    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution) => execution.Run.FinishNow();
}

/// <summary>Ends the innermost loop.</summary>
internal sealed class Break() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Break",
    Category = Describe.Looping,
    DisplayName = Describe.Text("Break", "跳出循环"),
    Description = Describe.Text("Ends the innermost loop after the current round.", "在本轮结束后跳出最内层循环。"),
    IsTerminal = true,
})
{
    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution)
    {
        for (ActivityExecution? scope = execution.Parent; scope is not null; scope = scope.Parent)
        {
            bool isLoop = scope.Behaviour is For or ForEach or While;
            if (isLoop || scope.Behaviour is Sequence or Fork)
                scope.IsBreaking = true;
            if (isLoop)
                break;
        }

        execution.Run.Complete(execution);
    }
}

/// <summary>Ends the enclosing workflow with outcomes.</summary>
internal sealed class Complete() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Complete",
    Category = Describe.Composition,
    DisplayName = Describe.Text("Complete", "完成"),
    Description = Describe.Text("Ends the enclosing workflow with an outcome, from any depth.", "从任意层次以指定结果结束所在工作流。"),
    Inputs = [Describe.Input("outcomes", "Object", Describe.Text("Outcomes", "结果"), Describe.Text("An outcome or a list of them; default Done.", "一个或多个结果，默认 Done。")).Editor("outcome-picker")],
    IsTerminal = true,
})
{
    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution)
    {
        string[] outcomes = Outcomes(ObjectText.Parsed(execution, "outcomes"));
        ActivityExecution workflow = execution.Parent!;
        while (workflow.Composite is null)
        {
            // A loop on the way is cancelled with all that is in it; it must not begin another round.
            if (workflow.Behaviour is For or ForEach or While)
            {
                ActivityExecution loop = workflow;
                workflow = workflow.Parent!;
                execution.Run.Cancel(loop);
                continue;
            }

            workflow = workflow.Parent!;
        }

        workflow.RequestedOutcomes = outcomes;
        execution.Run.Complete(execution);
        execution.Run.Complete(workflow, outcomes);
    }

    private static string[] Outcomes(object? value) => value switch
    {
        string one => [one],
        PlainList list => [.. list.Select(item => ValueConversion.ToText(item) ?? string.Empty)],
        _ => InstanceRun.DoneOutcome,
    };
}

/// <summary>Fails on purpose.</summary>
internal sealed class Fault() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Fault",
    Category = Describe.Primitives,
    DisplayName = Describe.Text("Fault", "故障"),
    Description = Describe.Text("Fails with a message.", "以一条消息失败。"),
    Inputs =
    [
        Describe.Input("code", "String", Describe.Text("Code", "代码"), Describe.Text("A code for the failure.", "故障代码。")),
        Describe.Input("category", "String", Describe.Text("Category", "类别"), Describe.Text("Groups failures.", "故障类别。")),
        Describe.Input("faultType", "String", Describe.Text("Type", "类型"), Describe.Text("The kind of failure.", "故障类型。")),
        Describe.Input("message", "String", Describe.Text("Message", "消息"), Describe.Text("What failed.", "故障说明。")),
    ],
})
{
    public override ActivityResult Execute(ActivityContext context) => throw new ActivityFaultException(context.Text("message") ?? string.Empty);
}
