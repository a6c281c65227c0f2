namespace EngagementFlows.Engagements.Promises;

/// <summary>Where a clock stands.</summary>
public enum ClockState
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>It was stopped, in time or late.</summary>
    Stopped,

    /// <summary>Its instance ended while it ran: whether the promise was kept is not known.</summary>
    Closed,
}

/// <summary>A promise with a limit: from when it runs, until when, and whether it was kept.</summary>
public sealed record Clock
{
    /// <summary>Gets the clock's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the engagement to which the promise was given.</summary>
    public required Guid EngagementId { get; init; }

    /// <summary>Gets the instance that started it.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>Gets the question or complaint that it is about, or <see langword="null"/>.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>Gets what is promised, such as <c>answer</c>; within an instance one clock of a name runs at a time.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the class of the promise table that gave the limit; <see langword="null"/> if the flow named it itself.</summary>
    public string? Class { get; init; }

    /// <summary>Gets when it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets the limit, as <see cref="Calendars.Duration"/> reads it.</summary>
    public required string Limit { get; init; }

    /// <summary>Gets the calendar as the flow named it: client, firm, a name or a country.</summary>
    public required string Calendar { get; init; }

    /// <summary>Gets the version of the calendar's content from which <see cref="DueAt"/> was computed.</summary>
    public required string CalendarVersion { get; init; }

    /// <summary>Gets the instant until which it must be stopped.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Gets whether that instant was computed from a year whose holidays were not published yet.</summary>
    public bool IsProvisional { get; init; }

    /// <summary>Gets where it stands.</summary>
    public ClockState State { get; init; }

    /// <summary>Gets when it was stopped or closed; <see langword="null"/> while it runs.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Gets whether it was stopped in time; <see langword="null"/> unless it was stopped. Never changes afterwards.</summary>
    public bool? IsKept { get; init; }

    /// <summary>Gets the working time from start to stop; <see langword="null"/> unless it was stopped.</summary>
    public TimeSpan? Elapsed { get; init; }
}
