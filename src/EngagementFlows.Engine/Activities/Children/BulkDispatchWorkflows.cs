using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Children;

/// <summary>Starts a workflow for each item of a list, in the background. One wait stands until the last child has ended; each end counts once.</summary>
internal sealed class BulkDispatchWorkflows() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.BulkDispatchWorkflows",
    Category = Describe.Composition,
    DisplayName = Describe.Text("Bulk dispatch workflows", "批量派发工作流"),
    Description = Describe.Text("Starts a workflow for each item of a list, in the background.", "为列表中的每一项在后台启动工作流。"),
    Inputs =
    [
        ChildInputs.DefinitionId,
        Describe.Input("items", "Object", Describe.Text("Items", "列表"), Describe.Text("The list; members of an object become inputs.", "列表；对象的成员成为输入。")).Editor("multi-line"),
        Describe.Input("defaultItemInputKey", "String", Describe.Text("Item input", "项的输入名"), Describe.Text("Input for items that are no objects; default Item.", "非对象项使用的输入名，默认 Item。"), "Item"),
        Describe.Input("correlationIdFunction", "String", Describe.Text("Correlation id function", "关联编号函数"), Describe.Text("Evaluated for each item.", "对每一项求值。")).Late(),
        ChildInputs.Input,
        ChildInputs.Wait(byDefault: true),
        ChildInputs.NewTrace,
        ChildInputs.Channel,
    ],
    Outcomes = ["Completed", "Canceled", "Done"],
    Kind = "Task",
    ChildProperties = ["childCompleted", "childFaulted"],
})
{
    private static readonly string[] AllDone = ["Completed", "Done"];

    internal override bool KeepsBookmark => true;

    public override ActivityResult Execute(ActivityContext context)
    {
        ActivityExecution execution = (ActivityExecution)context;
        WorkflowDefinition definition = ChildInputs.Definition(execution);
        PlainList items = ObjectText.Parsed(execution, "items") switch
        {
            null => [],
            PlainList list => list,
            object one => [one],
        };
        bool waits = context.Flag("waitForCompletion") && items.Count > 0;
        Guid bookmarkId = context.NewId("bookmark");
        ActivityResult result = waits
            ? ActivityResult.Wait(new WaitRequest("Elsa.BulkDispatchWorkflows") { Id = bookmarkId, Key = context.InstanceId.ToString("D") })
            : ActivityResult.Done;
        PlainList open = [];
        Effect[] starts = new Effect[items.Count];
        for (int i = 0; i < starts.Length; i++)
        {
            StartRequested start = Start(execution, definition, items[i], context.NewId($"child {i}")) with { ParentBookmarkId = waits ? bookmarkId : null };
            open.Add(start.InstanceId.ToString("D"));
            starts[i] = new StimulusSent(start);
        }

        if (waits)
            context.State["open"] = open;
        return result.With(starts);
    }

    internal override bool Expects(ActivityExecution execution, PlainObject input) =>
        execution.State["open"] is PlainList open && open.Contains(input[ChildEnd.InstanceKey]);

    internal override void Continue(ActivityExecution execution, Bookmark bookmark, PlainObject input)
    {
        PlainList open = (PlainList)execution.State["open"]!;
        object? childId = input[ChildEnd.InstanceKey];
        open.Remove(childId);
        ActivityNode? port = input[ChildEnd.SubStatusKey] switch
        {
            "Faulted" => execution.Node.ChildIn("childFaulted"),
            "Finished" => execution.Node.ChildIn("childCompleted"),
            _ => null,
        };
        if (port is null)
            CompleteIfLast(execution);
        else
            execution.Run.Schedule(execution, port, [new VariableSlot("ChildInstanceId", childId, SlotOrigin.Loop)], localInput: input);
    }

    internal override void ChildCompleted(ActivityExecution execution, ActivityExecution child, IReadOnlyList<string> outcomes) => CompleteIfLast(execution);

    private static void CompleteIfLast(ActivityExecution execution)
    {
        if (execution.State["open"] is PlainList { Count: 0 } && execution.Children.Count == 0 && !execution.Run.HasScheduled(execution))
            execution.Run.Complete(execution, AllDone);
    }

    private static StartRequested Start(ActivityExecution execution, WorkflowDefinition definition, object? item, Guid childId)
    {
        string key = execution.Text("defaultItemInputKey") is { Length: > 0 } given ? given : "Item";
        PlainObject arguments = new() { [key] = item };
        PlainObject input = ChildInputs.Of(execution);
        foreach ((string name, object? value) in item as PlainObject ?? arguments)
            input[name] = PlainValue.Clone(value);
        object? correlationId = execution.Node.Input("correlationIdFunction") is { } function
            ? Evaluator.Evaluate(execution, function.Expression, DataType.Text, arguments)
            : null;
        return new StartRequested(childId, definition.DefinitionId)
        {
            Input = input,
            CorrelationId = correlationId as string,
            ParentInstanceId = execution.InstanceId,
        };
    }
}
