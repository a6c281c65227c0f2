namespace EngagementFlows.Engagements.Milestones;

/// <summary>How a milestone stands on a day.</summary>
public enum MilestoneStanding
{
    /// <summary>Its date lies ahead, or is this day.</summary>
    Ahead,

    /// <summary>Its date has passed, and it is not reached.</summary>
    Late,

    /// <summary>It was reached on its planned date or before.</summary>
    InTime,

    /// <summary>It was reached after its planned date.</summary>
    ReachedLate,

    /// <summary>A later plan has dropped it.</summary>
    Withdrawn,
}

/// <summary>A milestone of an engagement: what was planned and what came of it. A name stands once in an engagement.</summary>
public sealed record Milestone
{
    /// <summary>The greatest length of a name.</summary>
    public const int NameLength = 300;

    /// <summary>The most milestones that a plan may have.</summary>
    public const int Most = 200;

    /// <summary>Gets the milestone's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the engagement.</summary>
    public required Guid EngagementId { get; init; }

    /// <summary>Gets the version of the plan that planned it last; <see langword="null"/> if no document was named.</summary>
    public Guid? DocumentVersionId { get; init; }

    /// <summary>Gets what it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the date of the first plan that had it; later plans do not change it.</summary>
    public required DateOnly FirstPlannedOn { get; init; }

    /// <summary>Gets the date by the latest plan; of a reached one, by the plan that held when it was reached.</summary>
    public required DateOnly PlannedOn { get; init; }

    /// <summary>Gets the date on which it was reached, or <see langword="null"/>.</summary>
    public DateOnly? ReachedOn { get; init; }

    /// <summary>Gets the name of who said so; <see langword="null"/> if it is not reached, or a program said so.</summary>
    public string? ReachedBy { get; init; }

    /// <summary>Gets when a later plan dropped it; <see langword="null"/> if none did. One that is reached is not dropped.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Gets the number of its changes, from 1.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>Returns how it stands.</summary>
    /// <param name="today">The day, in the firm's zone.</param>
    public MilestoneStanding StandingOn(DateOnly today) =>
        WithdrawnAt is not null ? MilestoneStanding.Withdrawn
        : ReachedOn is { } reached ? (reached <= PlannedOn ? MilestoneStanding.InTime : MilestoneStanding.ReachedLate)
        : PlannedOn < today ? MilestoneStanding.Late
        : MilestoneStanding.Ahead;
}
