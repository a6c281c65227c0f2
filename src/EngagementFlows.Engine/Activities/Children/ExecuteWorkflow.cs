using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Children;

/// <summary>Runs another workflow inline, in the same burst and commit.</summary>
internal sealed class ExecuteWorkflow() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.ExecuteWorkflow",
    Category = Describe.Composition,
    DisplayName = Describe.Text("Execute workflow", "执行工作流"),
    Description = Describe.Text("Runs another workflow at once, as an instance of its own.", "立即以独立实例运行另一个工作流。"),
    Inputs = [ChildInputs.DefinitionId, ChildInputs.CorrelationId, ChildInputs.Input, ChildInputs.Wait(byDefault: false)],
    Outputs = [Describe.Output("result", "Object", Describe.Text("Result", "结果"), Describe.Text("Instance id, status, sub-status and outputs.", "实例编号、状态与输出。"))],
    Kind = "Task",
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        ActivityExecution execution = (ActivityExecution)context;
        InstanceRun child = execution.Run.Burst.Start(ChildInputs.Definition(execution), new StartRequested(context.NewId("child"), string.Empty)
        {
            Input = ChildInputs.Of(execution),
            CorrelationId = context.Text("correlationId"),
            ParentInstanceId = context.InstanceId,
        });
        if (child.IsOver || !context.Flag("waitForCompletion"))
            return ActivityResult.Done.Set("result", ChildInputs.Result(ChildEnd.ToInput(child)));

        // Only now is it known that somebody has to wait: the child's end, in a later burst, resumes this bookmark.
        Guid bookmarkId = context.NewId("bookmark");
        child.ParentBookmarkId = bookmarkId;
        return ActivityResult.Wait(new WaitRequest("Elsa.ExecuteWorkflow") { Id = bookmarkId, Key = child.InstanceId.ToString("D") });
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) => ActivityResult.Done.Set("result", ChildInputs.Result(input));
}
