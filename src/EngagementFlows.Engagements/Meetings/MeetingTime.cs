using System.Globalization;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>When a meeting is to begin, as it is written in a flow.</summary>
public static partial class MeetingTime
{
    /// <summary>How it is written, for messages.</summary>
    public const string Rule = "Give an instant like '2026-03-30T08:00:00Z', a local time like '2026-03-30T10:00', or 'in 5 working days at 10:00'.";

    private static readonly string[] LocalForms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];
    private static readonly TimeOnly UsualTime = new(10, 0);

    /// <summary>Returns the instant that a flow means; <see langword="null"/> if it means none.</summary>
    /// <param name="given">An instant; or a text: an instant, a local time of the calendar's zone, or a number of working days after now with a local time (10:00 if it names none).</param>
    /// <param name="calendar">The calendar; what is counted in working days is kept within its hours.</param>
    /// <param name="length">How long the meeting takes.</param>
    /// <param name="now">The instant from which working days are counted.</param>
    public static DateTimeOffset? Read(object? given, WorkCalendar calendar, TimeSpan length, DateTimeOffset now)
    {
        if (given is DateTimeOffset instant)
            return instant.ToUniversalTime();
        if (given is not string text)
            return null;
        text = text.Trim();
        if (DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
            return WallClock.ToInstant(local, calendar.Zone);
        if (Zoned().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset zoned))
            return zoned.ToUniversalTime();
        Match match = InWorkingDays().Match(text);
        if (!match.Success)
            return null;
        int days = int.Parse(match.Groups["days"].ValueSpan, CultureInfo.InvariantCulture);
        TimeOnly time = UsualTime;
        bool isTime = !match.Groups["time"].Success || TimeOnly.TryParseExact(match.Groups["time"].ValueSpan, ["H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
        return isTime && days is >= 1 and <= WorkingDays.Longest ? calendar.Fit(now, days, time, length).At : null;
    }

    /// <summary>Returns day and time of a meeting as people read it, with the zone, in both languages.</summary>
    public static LocalizedText Text(DateTimeOffset at, TimeZoneInfo zone) =>
        new($"{MailDates.DayAndTime(at, zone, Languages.English)} ({zone.Id})", $"{MailDates.DayAndTime(at, zone, Languages.Chinese)}（{zone.Id}）");

    [GeneratedRegex(@"(Z|[+-][0-9]{2}:[0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Zoned();

    [GeneratedRegex(
        @"^(in\s+(?<days>[0-9]{1,4})\s+working\s+days?(\s+at\s+(?<time>[0-9]{1,2}:[0-9]{2}))?|(?<days>[0-9]{1,4})\s*个?工作日后(\s*(?<time>[0-9]{1,2}:[0-9]{2}))?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex InWorkingDays();
}
