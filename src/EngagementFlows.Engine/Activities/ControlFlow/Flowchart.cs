using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Runs activities along connections. Token mode and counter mode share one rule: what has arrived at a join waits as long as something that is under way can still arrive.</summary>
internal sealed class Flowchart() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Flowchart",
    Category = Describe.Flow,
    DisplayName = Describe.Text("Flowchart", "流程图"),
    Description = Describe.Text("Runs activities along their connections.", "按连接运行活动。"),
    ChildProperties = ["activities"],
    IsOffered = false,
})
{
    internal override bool IsContainer => true;

    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override Frame CreateFrame() => new FlowFrame();

    internal override void Begin(ActivityExecution execution)
    {
        execution.Declare(execution.Node.Variables);
        FlowPlan plan = execution.Node.Plan(static node => new FlowPlan(node));
        int start = plan.StartFor(execution.Run.TriggerActivityId);
        execution.Frame = new FlowFrame { Start = start };
        if (start < 0)
            execution.Run.Complete(execution);
        else
            execution.Run.Schedule(execution, plan.Activities[start]);
    }

    internal override void ChildCompleted(ActivityExecution execution, ActivityExecution child, IReadOnlyList<string> outcomes)
    {
        if (child.Node.Activity is { Descriptor.IsTerminal: true })
        {
            execution.Run.Complete(execution);
            return;
        }

        new FlowStep(execution).Complete(child.Node.Ordinal, outcomes);
    }

    /// <summary>Cancels what is under way before a join; called when a join for the first arrival begins, for losers that began to wait in the meantime.</summary>
    internal static void CancelInbound(ActivityExecution flowchart, int activity) => new FlowStep(flowchart).CancelAncestors(activity);
}
