using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <summary>What a parent hears of a child's end.</summary>
internal static class ChildEnd
{
    public const string InstanceKey = "WorkflowInstanceId";
    public const string StatusKey = "WorkflowStatus";
    public const string SubStatusKey = "WorkflowSubStatus";
    public const string OutputKey = "WorkflowOutput";

    /// <summary>Returns the input of the parent's resumption.</summary>
    public static PlainObject ToInput(InstanceRun child) => new(4)
    {
        [InstanceKey] = child.InstanceId.ToString("D"),
        [StatusKey] = Status(child.Status),
        [SubStatusKey] = SubStatus(child.Status),
        [OutputKey] = child.Outputs.DeepClone(),
    };

    /// <summary>Returns Elsa's status.</summary>
    public static string Status(InstanceStatus status) =>
        status is InstanceStatus.Finished or InstanceStatus.Cancelled or InstanceStatus.Faulted ? "Finished" : "Running";

    /// <summary>Returns Elsa's sub-status.</summary>
    public static string SubStatus(InstanceStatus status) => status switch
    {
        InstanceStatus.Running => "Executing",
        _ => status.ToString(),
    };
}
