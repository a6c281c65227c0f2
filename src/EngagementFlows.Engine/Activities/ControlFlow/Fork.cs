using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Runs branches side by side and completes after all, or after the first.</summary>
internal sealed class Fork() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Fork",
    Category = Describe.Branching,
    DisplayName = Describe.Text("Fork", "分叉"),
    Description = Describe.Text("Runs branches side by side and goes on after all of them, or after the first.", "并行运行各分支，全部或任一完成后继续。"),
    Inputs = [Describe.Input("joinMode", "String", Describe.Text("Join mode", "汇合方式"), Describe.Text("WaitAll (default) or WaitAny.", "WaitAll（默认）或 WaitAny。")).Late().Plain().Editor("dropdown", "WaitAll", "WaitAny")],
    ChildProperties = ["branches"],
    IsOffered = false,
})
{
    // As in Elsa: a branch that is in the queue when the first one is done still runs.
    internal override bool LetsScheduledWorkRun => true;

    public override ActivityResult Execute(ActivityContext context) => throw Contain.IsBegun();

    internal override void Begin(ActivityExecution execution)
    {
        IReadOnlyList<ActivityNode> branches = execution.Node.ChildrenIn("branches");
        execution.Position = branches.Count;
        foreach (ActivityNode branch in branches)
            execution.Run.Schedule(execution, branch);
        if (branches.Count == 0)
            execution.Run.Complete(execution);
    }

    internal override void ChildCompleted(ActivityExecution execution, ActivityExecution child, IReadOnlyList<string> outcomes)
    {
        if (--execution.Position == 0 || execution.IsBreaking || IsFirstEnough(execution.Node))
            execution.Run.Complete(execution);
    }

    private static bool IsFirstEnough(ActivityNode node) => node.Plan(static node => new Mode(node)).IsWaitAny;

    private sealed class Mode(ActivityNode node)
    {
        public bool IsWaitAny { get; } = node.Input("joinMode")?.Expression.Value switch
        {
            string text => text.Equals("WaitAny", StringComparison.OrdinalIgnoreCase) || text == "1",
            1L => true,
            _ => false,
        };
    }
}
