using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Schedules;

/// <summary>When something of an engagement comes again: a rule of days, a time of day, the first date, and what happens on free days.</summary>
/// <param name="Rule"><c>weekly</c>, <c>monthly</c>, <c>quarterly</c> (<c>每周</c>, <c>每月</c>, <c>每季度</c>), or a recurrence rule of RFC 5545.</param>
/// <param name="At">The local time of day.</param>
/// <param name="Start">The first date (DTSTART). A word takes weekday or day of the month from it; in a month that lacks the day, it is the month's last.</param>
/// <param name="FreeDays">What happens to an occurrence on a day without work.</param>
/// <remarks>Pure. Days and times are local ones of the calendar by which it is asked.</remarks>
public sealed record Rhythm(string Rule, TimeOnly At, DateOnly Start, FreeDayPolicy FreeDays)
{
    /// <summary>How a rule is written, for messages.</summary>
    public const string HowToWrite = "Write weekly, monthly, quarterly, or a rule such as 'FREQ=MONTHLY;BYDAY=1MO'.";

    // Any start does: without INTERVAL every date of the next 100 years is looked at, and with them every leap day and weekday.
    private static readonly DateTime SampleStart = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>Gets the words for what happens on free days.</summary>
    public static IReadOnlyDictionary<string, FreeDayPolicy> FreeDayWords { get; } = new Dictionary<string, FreeDayPolicy>(StringComparer.Ordinal)
    {
        ["next"] = FreeDayPolicy.After,
        ["previous"] = FreeDayPolicy.Before,
        ["keep"] = FreeDayPolicy.Keep,
    };

    /// <summary>Returns what is wrong with a rule whatever date it begins on, or <see langword="null"/>: it cannot be read, or comes on no date that there is.</summary>
    public static string? FaultOf(string text)
    {
        if (!TryRead(text, DateOnly.FromDateTime(SampleStart), TimeZoneInfo.Utc, out RecurrenceRule? rule, out string? fault))
            return fault;
        // Whether interval and end leave anything depends on the start; whether any date matches at all does not.
        RecurrenceRule whole = new(rule.Parts with { Interval = 1, Count = null, Until = null });
        return whole.From(SampleStart, SampleStart).Any() ? null : $"The rule '{text.Trim()}' never comes: no date matches it, such as 30 February. Look at its months and days together.";
    }

    /// <summary>Returns the first occurrence after an instant, moved off free days; <see langword="null"/> if there is none any more.</summary>
    /// <param name="after">The instant; an occurrence at it does not count.</param>
    /// <param name="calendar">Zone and days of work.</param>
    /// <exception cref="FormatException">The rule cannot be read.</exception>
    public DateTimeOffset? Next(DateTimeOffset after, WorkCalendar calendar)
    {
        if (!TryRead(Rule, Start, calendar.Zone, out RecurrenceRule? rule, out string? fault))
            throw new FormatException(fault);
        RuleCadence cadence = new(rule, Start.ToDateTime(At), calendar.Zone);
        return new ScheduleTiming(cadence, calendar.Zone, DateTimeOffset.MinValue, End: null, FreeDays, FreeDays == FreeDayPolicy.Keep ? null : calendar).Next(after);
    }

    private static bool TryRead(string text, DateOnly start, TimeZoneInfo zone, [NotNullWhen(true)] out RecurrenceRule? rule, out string? fault)
    {
        string written = text.Trim() switch
        {
            var word when Is(word, "weekly", "每周") => "FREQ=WEEKLY",
            var word when Is(word, "monthly", "每月") => $"FREQ=MONTHLY{MonthDay(start)}",
            var word when Is(word, "quarterly", "每季度") => $"FREQ=MONTHLY;INTERVAL=3{MonthDay(start)}",
            var other => other,
        };
        bool isRead = RecurrenceRuleReader.TryRead(written, zone, out rule, out LocalizedText? problem);
        fault = isRead ? null : $"'{text.Trim()}' is no rhythm: {problem!.En} {HowToWrite}";
        return isRead;
    }

    private static bool Is(string word, string english, string chinese) => word.Equals(english, StringComparison.OrdinalIgnoreCase) || word == chinese;

    // The 31st of a month that has none is its last day, not left out as RFC 5545 would: who says "monthly" means each month.
    private static string MonthDay(DateOnly start) => start.Day <= 28
        ? ""
        : $";BYMONTHDAY={string.Join(',', Enumerable.Range(28, start.Day - 27).Select(day => day.ToString(CultureInfo.InvariantCulture)))};BYSETPOS=-1";
}
