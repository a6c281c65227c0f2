using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Decides between the outcomes True and False.</summary>
internal sealed class FlowDecision() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.FlowDecision",
    Category = Describe.Branching,
    DisplayName = Describe.Text("Decision", "判断"),
    Description = Describe.Text("Goes on with True or False.", "按条件走 True 或 False。"),
    Inputs = [Describe.Input("condition", "Boolean", Describe.Text("Condition", "条件"), Describe.Text("What is decided; nothing counts as false.", "判断内容；空值视为假。"), false)],
    Outcomes = ["True", "False"],
})
{
    private static readonly ActivityResult True = ActivityResult.Complete("True");
    private static readonly ActivityResult False = ActivityResult.Complete("False");

    public override ActivityResult Execute(ActivityContext context) => context.Flag("condition") ? True : False;
}

/// <summary>Goes on with the label of the first matching case, or with those of all.</summary>
internal sealed class FlowSwitch() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.FlowSwitch",
    Category = Describe.Branching,
    DisplayName = Describe.Text("Switch (flow)", "多路判断"),
    Description = Describe.Text("Goes on with the label of the first case whose condition is true, or of all such cases; else with Default.", "走首个（或所有）条件为真的标签，否则走 Default。"),
    Inputs =
    [
        Describe.Input("cases", "Object", Describe.Text("Cases", "分支"), Describe.Text("Labels with conditions.", "带条件的标签。")).Late().Plain().Editor("flow-switch-editor"),
        Describe.Input("mode", "Object", Describe.Text("Mode", "模式"), Describe.Text("MatchFirst or MatchAny; default MatchFirst.", "MatchFirst 或 MatchAny，默认 MatchFirst。")).Editor("dropdown", "MatchFirst", "MatchAny"),
    ],
    Outcomes = ["Default"],
    HasDynamicOutcomes = true,
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        List<(string Label, string? ActivityId)> matching = SwitchCases.Matching((ActivityExecution)context);
        return matching.Count == 0 ? ActivityResult.Complete("Default") : ActivityResult.Complete([.. matching.Select(one => one.Label)]);
    }
}

/// <summary>Goes on with several outcomes at once.</summary>
internal sealed class FlowFork() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.FlowFork",
    Category = Describe.Branching,
    DisplayName = Describe.Text("Fork (flow)", "分叉（流程）"),
    Description = Describe.Text("Goes on with all branches at once.", "同时走所有分支。"),
    Inputs = [Describe.Input("branches", "String[]", Describe.Text("Branches", "分支"), Describe.Text("Names of the branches.", "分支名称。")).Editor("dynamic-outcomes")],
    HasDynamicOutcomes = true,
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        if (context.Input("branches") is not PlainList { Count: > 0 } branches)
            return ActivityResult.Done;
        return ActivityResult.Complete([.. branches.Select(branch => ValueConversion.ToText(branch) ?? string.Empty)]);
    }
}

/// <summary>Joins branches; the flowchart decides when it runs.</summary>
internal sealed class FlowJoin() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.FlowJoin",
    Category = Describe.Branching,
    DisplayName = Describe.Text("Join", "汇合"),
    Description = Describe.Text("Joins branches: after the first, after all, or after all that were taken.", "汇合分支：任一、全部或所有已走分支到达后继续。"),
    Inputs =
    [
        Describe.Input("mode", "Object", Describe.Text("Mode", "方式"), Describe.Text("WaitAny (default), WaitAll or WaitAllActive.", "WaitAny（默认）、WaitAll 或 WaitAllActive。"))
            .Editor("dropdown", "WaitAny", "WaitAll", "WaitAllActive"),
    ],
})
{
    public override ActivityResult Execute(ActivityContext context) => ActivityResult.Done;

    internal override void Begin(ActivityExecution execution)
    {
        if (execution.Parent is { Frame: FlowFrame } flowchart && flowchart.Node.Plan(static node => new FlowPlan(node)).Merge[execution.Node.Ordinal].Mode(flowchart) == MergeMode.Race)
            Flowchart.CancelInbound(flowchart, execution.Node.Ordinal);
        execution.Run.Complete(execution);
    }
}
