namespace EngagementFlows.Engagements.Calendars;

/// <summary>An instant that a flow has computed, with what it was computed from where a calendar had a part in it.</summary>
/// <param name="At">The instant.</param>
/// <param name="Basis">What it was computed from while the year in which it falls is not published; <see langword="null"/> = it stands.</param>
public readonly record struct DueInstant(DateTimeOffset At, ProvisionalBasis? Basis)
{
    /// <summary>Gets whether it may move once the year in which it falls is published.</summary>
    public bool IsProvisional => Basis is not null;

    /// <summary>Returns what the store keeps of it in the same commit: one effect, or none for a date that stands.</summary>
    /// <param name="kind">What it belongs to.</param>
    /// <param name="referenceId">The task, clock or wait; of a link, the wait for its answer.</param>
    /// <param name="engagementId">The engagement.</param>
    /// <param name="bookmarkId">The wait that ends at it, or <see langword="null"/>.</param>
    public ProvisionalDateSet[] Note(ProvisionalKind kind, Guid referenceId, Guid engagementId, Guid? bookmarkId) => Basis is { } basis
        ? [new ProvisionalDateSet(kind, referenceId, engagementId, bookmarkId, basis.Calendar, basis.Version, basis.From, basis.Duration, At)]
        : [];
}

/// <summary>What a provisional instant was computed from, so that it can be computed anew.</summary>
/// <param name="Calendar">The calendar as the flow named it: client, firm, a name or a country.</param>
/// <param name="Version">The version of the calendar's content.</param>
/// <param name="From">The instant from which it counts; for a wait for an occurrence, the occurrence.</param>
/// <param name="Duration">The length, as <see cref="Duration"/> reads it; <see langword="null"/> for a wait for an occurrence, which computes anew by itself when it is woken.</param>
public sealed record ProvisionalBasis(string Calendar, string Version, DateTimeOffset From, string? Duration);
