using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>Who takes part in a meeting.</summary>
public enum MeetingAudience
{
    /// <summary>Staff alone: owner and architect. The client learns nothing of it.</summary>
    Internal,

    /// <summary>The contact too.</summary>
    Client,
}

/// <summary>Where a meeting stands.</summary>
public enum MeetingState
{
    /// <summary>It is to take place, or nobody has said yet whether it did.</summary>
    Planned,

    /// <summary>It took place.</summary>
    Held,

    /// <summary>It was called off.</summary>
    Cancelled,

    /// <summary>Its time came, and it did not take place.</summary>
    Missed,
}

/// <summary>What an invited person answered.</summary>
public enum MeetingAnswer
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>He comes.</summary>
    Accepted,

    /// <summary>He does not come.</summary>
    Declined,

    /// <summary>He would come at another time.</summary>
    Proposed,
}

/// <summary>A meeting of an engagement.</summary>
public sealed record Meeting
{
    /// <summary>Gets the meeting's id; calendars know it by this.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the engagement.</summary>
    public required Guid EngagementId { get; init; }

    /// <summary>Gets the instance that arranged it; <see langword="null"/> if a member of staff did.</summary>
    public Guid? InstanceId { get; init; }

    /// <summary>Gets what the meetings of a series have in common, or <see langword="null"/>.</summary>
    public string? Series { get; init; }

    /// <summary>Gets the first meeting of its series, or <see langword="null"/> if that is itself or it has none: calendars are told that they belong together.</summary>
    public Guid? SeriesFirst { get; init; }

    /// <summary>Gets what it is.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>Gets what will be talked about, or <see langword="null"/>.</summary>
    public LocalizedText? Agenda { get; init; }

    /// <summary>Gets who takes part.</summary>
    public required MeetingAudience Audience { get; init; }

    /// <summary>Gets a room, or the address of an online meeting; <see langword="null"/> if it is not said.</summary>
    public string? Place { get; init; }

    /// <summary>Gets when it begins.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Gets when it ends; later than <see cref="StartsAt"/>.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Gets the IANA zone whose clocks it was arranged by.</summary>
    public required string Zone { get; init; }

    /// <summary>Gets where it stands.</summary>
    public MeetingState State { get; init; }

    /// <summary>Gets how often it was changed since the first invitation: calendars take the highest for true (RFC 5545 §3.8.7.4).</summary>
    public int Sequence { get; init; }
}
