namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Shared by the containers.</summary>
internal static class Contain
{
    /// <summary>Returns the fault of calling Execute on an activity that schedules others and therefore has Begin.</summary>
    public static InvalidOperationException IsBegun() => new("EngagementFlows bug: a container is begun, not executed.");
}
