using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Events;

/// <summary>Waits for an event, or starts the workflow at one.</summary>
internal sealed class Event() : Activity(new ActivityDescriptor
{
    TypeName = EventRouting.BookmarkName,
    Category = Describe.Primitives,
    DisplayName = Describe.Text("Event", "事件"),
    Description = Describe.Text("Waits for an event of that name, or starts the workflow at it.", "等待指定名称的事件，或由其启动工作流。"),
    Inputs = [Describe.Input("eventName", "String", Describe.Text("Event name", "事件名"), Describe.Text("Compared exactly.", "精确匹配。")).Required()],
    Outputs = [Describe.Output("result", "Object", Describe.Text("Result", "结果"), Describe.Text("The event's payload.", "事件内容。"))],
    Kind = "Trigger",
    WaitsUnbounded = true,
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        ActivityExecution execution = (ActivityExecution)context;
        if (execution.IsTrigger)
            return ActivityResult.Done.Set("result", Payload(execution.Run.BurstInput));
        return ActivityResult.Wait(new WaitRequest(EventRouting.BookmarkName) { Key = context.Text("eventName") });
    }

    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) => ActivityResult.Done.Set("result", Payload(input));

    private static object Payload(PlainObject? input) => input?[EventRouting.PayloadKey] ?? new PlainObject();
}

/// <summary>Publishes an event.</summary>
internal sealed class PublishEvent() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.PublishEvent",
    Category = Describe.Primitives,
    DisplayName = Describe.Text("Publish event", "发布事件"),
    Description = Describe.Text("Publishes an event: it starts and resumes workflows.", "发布事件，启动或唤醒工作流。"),
    Inputs =
    [
        Describe.Input("eventName", "String", Describe.Text("Event name", "事件名"), Describe.Text("The name.", "事件名称。")).Required(),
        Describe.Input("correlationId", "String", Describe.Text("Correlation id", "关联编号"), Describe.Text("Reaches only waits with this key; nothing = all.", "只送达此业务键；留空为全部。")),
        Describe.Input("isLocalEvent", "Boolean", Describe.Text("Local event", "仅本实例"), Describe.Text("Reaches only this instance.", "只送达本实例。")).Editor("checkbox"),
        Describe.Input("payload", "Object", Describe.Text("Payload", "内容"), Describe.Text("What the event carries.", "事件内容。")).Editor("multi-line"),
    ],
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        string? name = context.Text("eventName");
        if (string.IsNullOrEmpty(name))
            throw new ActivityFaultException($"The activity '{context.ActivityId}' names no event. Set 'eventName'.");
        string? correlationId = context.Text("correlationId");
        return ActivityResult.Done.With(new EventPublished(
            context.NewId("event"),
            name,
            string.IsNullOrWhiteSpace(correlationId) ? null : correlationId,
            context.Flag("isLocalEvent") ? context.InstanceId : null,
            PlainValue.Clone(ObjectText.Parsed((ActivityExecution)context, "payload"))));
    }
}
