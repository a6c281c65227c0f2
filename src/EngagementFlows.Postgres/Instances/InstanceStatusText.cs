using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Postgres.Instances;

/// <summary>The one spelling of states.</summary>
public static class InstanceStatusText
{
    /// <summary>Returns the state as it is stored and shown to programs.</summary>
    public static string Write(InstanceStatus status) => status switch
    {
        InstanceStatus.Pending => "pending",
        InstanceStatus.Running => "running",
        InstanceStatus.Suspended => "suspended",
        InstanceStatus.Finished => "finished",
        InstanceStatus.Cancelled => "cancelled",
        InstanceStatus.Faulted => "faulted",
        _ => throw new InvalidOperationException($"EngagementFlows bug: '{status}' is no state of an instance."),
    };

    /// <summary>Returns the state of a stored text.</summary>
    public static InstanceStatus Read(string text) => text switch
    {
        "pending" => InstanceStatus.Pending,
        "running" => InstanceStatus.Running,
        "suspended" => InstanceStatus.Suspended,
        "finished" => InstanceStatus.Finished,
        "cancelled" => InstanceStatus.Cancelled,
        "faulted" => InstanceStatus.Faulted,
        _ => throw new InvalidOperationException($"EngagementFlows bug: '{text}' is no state of an instance."),
    };
}
