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

    /// <summary>How many years a meeting may lie ahead: further ones are slips of the pen, and calendars end.</summary>
    public const int MostYears = 10;

    private static readonly LocalizedText Passed = new("This time has passed. Choose one that lies ahead.", "该时间已过，请选择今后的时间。");
    private static readonly LocalizedText Far = new("A meeting lies at most ten years ahead. Choose an earlier time.", "会议时间不得超过今后十年，请选择更早的时间。");

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
        if (ReadLocal(text, calendar.Zone) is { } local)
            return local;
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

    /// <summary>Returns the instant of a local time like <c>2026-03-30T10:00</c>; <see langword="null"/> if it is none. A year at the very end of time is the first or the last instant.</summary>
    public static DateTimeOffset? ReadLocal(string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
            return null;
        // There a zone's offset leads out of what can be reckoned with.
        return local.Year switch { 1 => DateTimeOffset.MinValue, 9999 => DateTimeOffset.MaxValue, _ => WallClock.ToInstant(local, zone) };
    }

    /// <summary>Returns why no meeting can begin at an instant, for whoever gave it; <see langword="null"/> if one can: it lies ahead, by <see cref="MostYears"/> at most.</summary>
    public static LocalizedText? FaultOf(DateTimeOffset at, DateTimeOffset now) => at <= now ? Passed : IsFar(at, now) ? Far : null;

    /// <summary>Tells whether a time lies further ahead than any meeting.</summary>
    public static bool IsFar(DateTimeOffset at, DateTimeOffset now) => at > now.AddYears(MostYears);

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
