using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Schedules;

/// <summary>What a schedule is to do and when, as it was checked.</summary>
public sealed record ScheduleSettings
{
    /// <summary>Gets the name that people gave it; no two have the same, whatever the case of its letters.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the definition whose published version is started; <see langword="null"/> if an event is published.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Gets the event that instances wait for; <see langword="null"/> if an instance is started.</summary>
    public string? EventName { get; init; }

    /// <summary>Gets the inputs of the instance by name, or the event's payload.</summary>
    public PlainObject Input { get; init; } = new();

    /// <summary>Gets the business key of the instance, or of the waits that the event reaches; <see langword="null"/> = none, or all.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the engagements for each of which an instance is started; <see langword="null"/> = one instance.</summary>
    public EngagementSet? ForEach { get; init; }

    /// <summary>Gets how <see cref="Expression"/> is meant.</summary>
    public required CadenceKind Kind { get; init; }

    /// <summary>Gets the cron expression, the recurrence rule, or the interval.</summary>
    public required string Expression { get; init; }

    /// <summary>Gets the zone of wall-clock times.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Gets the first instant that counts, in whole seconds.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Gets the last instant that counts; <see langword="null"/> = none is.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Gets the calendar; <see langword="null"/> with <see cref="FreeDayPolicy.Keep"/>, and only then.</summary>
    public string? Calendar { get; init; }

    /// <summary>Gets what happens on the calendar's free days.</summary>
    public FreeDayPolicy FreeDays { get; init; }

    /// <summary>Gets what happens to instants that passed while nobody could serve them.</summary>
    public CatchUpPolicy Misfire { get; init; }

    /// <summary>Gets what happens while the last started instance still runs.</summary>
    public OverlapPolicy Overlap { get; init; }
}

/// <summary>Which engagements a schedule starts an instance for.</summary>
/// <param name="Stages">Their stages; empty = all.</param>
/// <param name="Tiers">The tiers of their clients, 1 to 3; empty = all.</param>
public sealed record EngagementSet(IReadOnlyList<string> Stages, IReadOnlyList<int> Tiers);

/// <summary>How a schedule says when it comes again.</summary>
public enum CadenceKind
{
    /// <summary>A cron expression of five fields, minute first.</summary>
    Cron,

    /// <summary>A cron expression of six fields, second first.</summary>
    CronWithSeconds,

    /// <summary>A recurrence rule of RFC 5545.</summary>
    Rrule,

    /// <summary>A length of elapsed time.</summary>
    Interval,
}
