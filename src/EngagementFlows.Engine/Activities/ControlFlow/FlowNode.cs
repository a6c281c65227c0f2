using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Runs its body; a frame around an activity of a flowchart.</summary>
internal sealed class FlowNode() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.FlowNode",
    Category = Describe.Flow,
    DisplayName = Describe.Text("Container", "容器"),
    Description = Describe.Text("Runs the activity inside.", "运行内部的活动。"),
    ChildProperties = ["body"],
    IsOffered = false,
})
{
    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution) => execution.Run.Schedule(execution, execution.Node.ChildIn("body"));
}
