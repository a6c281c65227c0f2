using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Primitives;

/// <summary>Hands a task to the host and waits for its answer.</summary>
internal sealed class RunTask() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.RunTask",
    Category = Describe.Primitives,
    DisplayName = Describe.Text("Run task", "运行任务"),
    Description = Describe.Text("Asks another system to carry out a task and waits for its answer.", "请求其他系统执行任务并等待结果。"),
    Inputs =
    [
        Describe.Input("taskName", "String", Describe.Text("Task name", "任务名"), Describe.Text("The task's name.", "任务名称。")).Required(),
        Describe.Input("payload", "ObjectDictionary", Describe.Text("Payload", "参数"), Describe.Text("Arguments for the task.", "任务参数。")).Editor("json-editor"),
    ],
    Outputs =
    [
        Describe.Output("taskId", "String", Describe.Text("Task id", "任务编号"), Describe.Text("The id of the task.", "任务编号。")),
        Describe.Output("result", "Object", Describe.Text("Result", "结果"), Describe.Text("The answer.", "任务结果。")),
    ],
    WaitsUnbounded = true,
})
{
    private const string InputKey = "RunTaskInput";

    public override ActivityResult Execute(ActivityContext context)
    {
        string? name = context.Text("taskName");
        if (string.IsNullOrEmpty(name))
            throw new ActivityFaultException($"The activity '{context.ActivityId}' names no task. Set 'taskName'.");
        Guid taskId = context.NewId("task");
        Guid bookmarkId = context.NewId("bookmark");
        return ActivityResult
            .Wait(new WaitRequest("Elsa.RunTask") { Id = bookmarkId, Key = taskId.ToString("D") })
            .Set("taskId", taskId.ToString("D"))
            .With(new TaskRequested(taskId, bookmarkId, name, context.Input("payload") as PlainObject));
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input)
    {
        if (!input.TryGetValue(InputKey, out object? result))
            throw new ActivityFaultException($"The activity '{context.ActivityId}' was resumed without the input '{InputKey}'. Send the task's answer under that name; null is allowed.");
        return ActivityResult.Done.Set("result", result);
    }
}
