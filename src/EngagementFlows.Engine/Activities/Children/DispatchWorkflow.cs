using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Children;

/// <summary>Starts another workflow in the background.</summary>
internal sealed class DispatchWorkflow() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.DispatchWorkflow",
    Category = Describe.Composition,
    DisplayName = Describe.Text("Dispatch workflow", "派发工作流"),
    Description = Describe.Text("Starts another workflow in the background, as an instance of its own.", "在后台以独立实例启动另一个工作流。"),
    Inputs = [ChildInputs.DefinitionId, ChildInputs.CorrelationId, ChildInputs.Input, ChildInputs.Wait(byDefault: false), ChildInputs.NewTrace, ChildInputs.Channel],
    Outputs = [Describe.Output("result", "Object", Describe.Text("Result", "结果"), Describe.Text("The outputs, if waited for.", "输出（若等待）。"))],
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        ActivityExecution execution = (ActivityExecution)context;
        bool waits = context.Flag("waitForCompletion");
        Guid childId = context.NewId("child");
        Guid bookmarkId = context.NewId("bookmark");
        StimulusSent start = new(new StartRequested(childId, ChildInputs.Definition(execution).DefinitionId)
        {
            Input = ChildInputs.Of(execution),
            CorrelationId = context.Text("correlationId"),
            ParentInstanceId = context.InstanceId,
            ParentBookmarkId = waits ? bookmarkId : null,
        });
        ActivityResult result = waits
            ? ActivityResult.Wait(new WaitRequest("Elsa.DispatchWorkflow") { Id = bookmarkId, Key = childId.ToString("D") })
            : ActivityResult.Done;
        return result.With(start);
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) =>
        ActivityResult.Done.Set("result", input[ChildEnd.OutputKey] ?? new PlainObject());
}
