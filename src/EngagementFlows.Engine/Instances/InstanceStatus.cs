namespace EngagementFlows.Engine.Instances;

/// <summary>Where an instance stands in its life; drawn in <c>docs/instance-lifecycle.md</c>.</summary>
public enum InstanceStatus
{
    /// <summary>Accepted, not yet run.</summary>
    Pending,

    /// <summary>In the middle of a burst; never stored after a commit.</summary>
    Running,

    /// <summary>Waits for a stimulus, or for a person to resolve an incident.</summary>
    Suspended,

    /// <summary>Came to its end.</summary>
    Finished,

    /// <summary>Was ended from outside.</summary>
    Cancelled,

    /// <summary>Was ended by a failure under the incident strategy <c>fault</c>.</summary>
    Faulted,
}
