namespace EngagementFlows.Engine.Instances;

/// <summary>Where an activity execution stands.</summary>
internal enum ExecutionStatus
{
    Pending,
    Running,
    Completed,
    Canceled,
    Faulted,
}
