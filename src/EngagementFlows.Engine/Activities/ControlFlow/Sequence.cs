using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Runs activities one after the other.</summary>
internal sealed class Sequence() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Sequence",
    Category = Describe.Flow,
    DisplayName = Describe.Text("Sequence", "顺序"),
    Description = Describe.Text("Runs activities one after the other.", "依次运行活动。"),
    ChildProperties = ["activities"],
    IsOffered = false,
})
{
    internal override bool IsContainer => true;

    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution)
    {
        execution.Declare(execution.Node.Variables);
        Next(execution);
    }

    internal override void ChildCompleted(ActivityExecution execution, ActivityExecution child, IReadOnlyList<string> outcomes)
    {
        if (execution.IsBreaking || child.Node.Activity is { Descriptor.IsTerminal: true })
            execution.Run.Complete(execution);
        else
            Next(execution);
    }

    private static void Next(ActivityExecution execution)
    {
        IReadOnlyList<ActivityNode> children = execution.Node.ChildrenIn("activities");
        if (execution.Position >= children.Count)
            execution.Run.Complete(execution);
        else
            execution.Run.Schedule(execution, children[execution.Position++]);
    }
}
