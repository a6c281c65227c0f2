using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Runs all its activities and completes after the last.</summary>
internal sealed class Parallel() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Parallel",
    Category = Describe.Flow,
    DisplayName = Describe.Text("Parallel", "并行"),
    Description = Describe.Text("Runs all activities side by side and goes on when all are done.", "并行运行所有活动，全部完成后继续。"),
    ChildProperties = ["activities"],
    IsOffered = false,
})
{
    internal override bool IsContainer => true;

    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution)
    {
        execution.Declare(execution.Node.Variables);
        IReadOnlyList<ActivityNode> children = execution.Node.ChildrenIn("activities");
        execution.Position = children.Count;
        foreach (ActivityNode child in children)
            execution.Run.Schedule(execution, child);
        if (children.Count == 0)
            execution.Run.Complete(execution);
    }

    internal override void ChildCompleted(ActivityExecution execution, ActivityExecution child, IReadOnlyList<string> outcomes)
    {
        if (--execution.Position == 0)
            execution.Run.Complete(execution);
    }
}
