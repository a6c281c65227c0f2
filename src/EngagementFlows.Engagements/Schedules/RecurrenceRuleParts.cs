namespace EngagementFlows.Engagements.Schedules;

/// <summary>How often a rule's period begins.</summary>
internal enum RecurrenceFrequency
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>A day of the week, with its place in month or year: 1 = the first, -1 = the last, 0 = each.</summary>
internal readonly record struct RecurrenceDay(int Ordinal, DayOfWeek Day);

/// <summary>The parts of a recurrence rule.</summary>
internal sealed record RecurrenceRuleParts
{
    public required RecurrenceFrequency Frequency { get; init; }

    public int Interval { get; init; } = 1;

    public int? Count { get; init; }

    /// <summary>Gets the last local date-time that counts.</summary>
    public DateTime? Until { get; init; }

    public IReadOnlyList<RecurrenceDay> Days { get; init; } = [];

    public IReadOnlyList<int> MonthDays { get; init; } = [];

    public IReadOnlyList<int> Months { get; init; } = [];

    public IReadOnlyList<int> Positions { get; init; } = [];

    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;
}
