using System.Globalization;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>The instant by which a task is to be done: so long after now (<c>dueIn</c>), or on a date (<c>dueOn</c>).</summary>
internal static partial class DueDate
{
    private const string Rule = "Write a date like '2026-05-04' or an instant like '2026-05-04T15:00:00Z'.";

    private static readonly WorkingDays NextWorkingDay = new(1);

    /// <summary>Returns the instant; <see langword="null"/> if the task has none.</summary>
    /// <remarks>
    /// A date is the end of work on it, on a day off that of the next working day. What has passed is due at the end of this day, or of the next working day once this one is over: dates come from
    /// minutes and plans that people wrote, and a task that begins with its end would be lost.
    /// </remarks>
    public static DueInstant? Of(ActivityContext context)
    {
        DueInstant? after = context.PositiveDuration("dueIn") is { } dueIn ? context.DueAfter(dueIn, CalendarAsked.OfFirm) : null;
        object? given = context.Input("dueOn");
        if (given is null || !IsDate(context))
            return after;
        if (after is not null)
            throw EngagementContext.Fault(context, "dueOn", given.ToString(), "The input 'dueIn' is given as well. Give one of the two.");
        WorkCalendar calendar = context.Calendar(CalendarAsked.OfFirm);
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(context.Now, calendar.Zone).DateTime);
        if (InstantOf(given) is { } at)
            return at > context.Now ? new(at, null) : EndOf(context, calendar, today);
        return given is string text && DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? EndOf(context, calendar, date < today ? today : date)
            : throw EngagementContext.Fault(context, "dueOn", given.ToString(), Rule);
    }

    /// <summary>Returns whether the task is due on a date that somebody named.</summary>
    public static bool IsDate(ActivityContext context) => !string.IsNullOrWhiteSpace(context.Input("dueOn")?.ToString());

    // As a duration, so that a date of a year that is not published can be computed anew like any other: one working day after the last minute of the day before.
    private static DueInstant EndOf(ActivityContext context, WorkCalendar calendar, DateOnly date)
    {
        DateTimeOffset from = WallClock.ToInstant(date.AddDays(-1).ToDateTime(new TimeOnly(23, 59)), calendar.Zone).ToUniversalTime();
        CalendarInstant due = calendar.Add(from, NextWorkingDay);
        return due.At <= context.Now
            ? EndOf(context, calendar, date.AddDays(1))
            : new(due.At, due.IsProvisional ? new(context.OptionalText("calendar") ?? CalendarAsked.OfFirm, due.Version, from, NextWorkingDay.ToString()) : null);
    }

    private static DateTimeOffset? InstantOf(object given) => given switch
    {
        DateTimeOffset instant => instant.ToUniversalTime(),
        string text when Zoned().IsMatch(text) && DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset instant) => instant.ToUniversalTime(),
        _ => null,
    };

    [GeneratedRegex(@"T.*(Z|[+-][0-9]{2}:[0-9]{2})\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Zoned();
}
