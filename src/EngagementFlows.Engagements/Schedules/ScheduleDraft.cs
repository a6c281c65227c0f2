using EngagementFlows.Engine;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Schedules;

/// <summary>A schedule as somebody wrote it, not yet checked; what is <see langword="null"/> or blank has its default.</summary>
public sealed record ScheduleDraft
{
    /// <summary>Gets the name; must be given.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the definition to start; this or <see cref="EventName"/> must be given.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Gets the event to publish.</summary>
    public string? EventName { get; init; }

    /// <summary>Gets inputs or payload.</summary>
    public PlainObject? Input { get; init; }

    /// <summary>Gets the business key.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets whether an instance is started for each engagement of <see cref="Stages"/> and <see cref="Tiers"/>.</summary>
    public bool IsForEach { get; init; }

    /// <summary>Gets stages of engagements.</summary>
    public IReadOnlyList<string> Stages { get; init; } = [];

    /// <summary>Gets tiers of clients.</summary>
    public IReadOnlyList<int> Tiers { get; init; } = [];

    /// <summary>Gets the kind of cadence, a word of <see cref="ScheduleWords.Kinds"/>; must be given.</summary>
    public string? Kind { get; init; }

    /// <summary>Gets cron expression, rule or interval; must be given.</summary>
    public string? Expression { get; init; }

    /// <summary>Gets the IANA zone; must be given.</summary>
    public string? Zone { get; init; }

    /// <summary>Gets the start: an instant with offset, or a wall-clock time of the zone; default now. A rule needs one.</summary>
    public string? StartsAt { get; init; }

    /// <summary>Gets the end, written like the start; default none.</summary>
    public string? EndsAt { get; init; }

    /// <summary>Gets the calendar: <c>firm</c>, one of the firm's, or a country's code; default none.</summary>
    public string? Calendar { get; init; }

    /// <summary>Gets a word of <see cref="ScheduleWords.FreeDays"/>; default <c>keep</c>.</summary>
    public string? FreeDays { get; init; }

    /// <summary>Gets a word of <see cref="ScheduleWords.Misfires"/>; default <c>run_once</c>.</summary>
    public string? Misfire { get; init; }

    /// <summary>Gets a word of <see cref="ScheduleWords.Overlaps"/>; default <c>start</c>.</summary>
    public string? Overlap { get; init; }
}

/// <summary>What is wrong with a part of a schedule.</summary>
/// <param name="Field">The part, by its name in the API.</param>
/// <param name="Text">What is wrong, the rule and the way out.</param>
public sealed record ScheduleFault(string Field, LocalizedText Text);

/// <summary>What a check of a draft came to.</summary>
/// <param name="Settings">The checked schedule; <see langword="null"/> if anything is wrong with it.</param>
/// <param name="Timing">Its instants; <see langword="null"/> if what they depend on is wrong.</param>
/// <param name="Faults">What is wrong, all at once.</param>
public sealed record ScheduleReading(ScheduleSettings? Settings, ScheduleTiming? Timing, IReadOnlyList<ScheduleFault> Faults);
