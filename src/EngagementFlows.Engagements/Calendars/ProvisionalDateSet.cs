using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Calendars;

/// <summary>What a provisional date belongs to.</summary>
public enum ProvisionalKind
{
    /// <summary>A task's due date.</summary>
    Task,

    /// <summary>The date until which a client's link works.</summary>
    Link,

    /// <summary>A wait that ends by itself.</summary>
    Wait,

    /// <summary>A promise's clock.</summary>
    Clock,
}

/// <summary>Notes that a date was computed from a year whose holidays are not published yet.</summary>
/// <param name="Kind">What it belongs to.</param>
/// <param name="ReferenceId">The task, clock or wait; of a link, the wait for its answer.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="BookmarkId">The wait that ends at it, or <see langword="null"/>.</param>
/// <param name="Calendar">The calendar as the flow named it.</param>
/// <param name="Version">The version of its content.</param>
/// <param name="From">The instant from which it counts; for a wait for an occurrence, the occurrence.</param>
/// <param name="Duration">The length, as <see cref="Calendars.Duration"/> reads it; <see langword="null"/> for a wait for an occurrence, which computes anew by itself when it is woken.</param>
/// <param name="DueAt">The date.</param>
public sealed record ProvisionalDateSet(
    ProvisionalKind Kind, Guid ReferenceId, Guid EngagementId, Guid? BookmarkId, string Calendar, string Version, DateTimeOffset From, string? Duration, DateTimeOffset DueAt) : Effect;
