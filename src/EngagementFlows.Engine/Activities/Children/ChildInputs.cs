using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities.Children;

/// <summary>Shared by the activities that start other workflows.</summary>
internal static class ChildInputs
{
    public static InputDescriptor DefinitionId { get; } =
        Describe.Input("workflowDefinitionId", "String", Describe.Text("Workflow", "工作流"), Describe.Text("Id of the definition; its published version runs.", "定义编号，运行其已发布版本。")).Editor("workflow-definition-picker").Required();

    public static InputDescriptor CorrelationId { get; } =
        Describe.Input("correlationId", "String", Describe.Text("Correlation id", "关联编号"), Describe.Text("Business key of the new instance.", "新实例的业务键。"));

    public static InputDescriptor Input { get; } =
        Describe.Input("input", "ObjectDictionary", Describe.Text("Input", "输入"), Describe.Text("Inputs of the new instance.", "新实例的输入。")).Editor("json-editor");

    public static InputDescriptor Wait(bool byDefault) =>
        Describe.Input("waitForCompletion", "Boolean", Describe.Text("Wait for completion", "等待完成"), Describe.Text("Whether to wait until it ends.", "是否等待其结束。"), byDefault).Editor("checkbox");

    public static InputDescriptor Channel { get; } =
        Describe.Input("channelName", "String", Describe.Text("Channel", "通道"), Describe.Text("Not used here: all instances are dispatched alike.", "此处不使用。")).WithoutEffect();

    public static InputDescriptor NewTrace { get; } =
        Describe.Input("startNewTrace", "Boolean", Describe.Text("New trace", "新建跟踪"), Describe.Text("Not used here.", "此处不使用。")).Editor("checkbox").WithoutEffect();

    /// <summary>Returns the published definition that an activity names.</summary>
    /// <exception cref="ActivityFaultException">There is none.</exception>
    public static WorkflowDefinition Definition(ActivityExecution execution)
    {
        string? id = execution.Text("workflowDefinitionId");
        return execution.Run.Burst.Catalogue.Published(id ?? string.Empty)
            ?? throw new ActivityFaultException($"No published version of the definition '{id}' exists, which the activity '{execution.Node.Id}' wants to run. Publish it, or correct the id.");
    }

    /// <summary>Returns the inputs for a child, with the parent's id.</summary>
    public static PlainObject Of(ActivityExecution execution)
    {
        PlainObject input = (execution.Input("input") as PlainObject)?.DeepClone() ?? new();
        input["ParentInstanceId"] = execution.InstanceId.ToString("D");
        return input;
    }

    /// <summary>Returns the result of a child's end as ExecuteWorkflow gives it.</summary>
    public static PlainObject Result(PlainObject end) => new(4)
    {
        ["WorkflowInstanceId"] = end[ChildEnd.InstanceKey],
        ["Status"] = end[ChildEnd.StatusKey],
        ["SubStatus"] = end[ChildEnd.SubStatusKey],
        ["Output"] = end[ChildEnd.OutputKey] ?? new PlainObject(),
    };
}
