using System.Globalization;
using System.Text;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>Somebody who takes part in a meeting.</summary>
/// <param name="Name">The name.</param>
/// <param name="Email">The mail address.</param>
/// <param name="Answer">What he answered.</param>
public sealed record MeetingGuest(string Name, string Email, MeetingAnswer Answer = MeetingAnswer.None);

/// <summary>Writes a meeting as calendars read it: an invitation, its change, or its withdrawal (RFC 5545, RFC 5546).</summary>
/// <remarks>
/// Pure. Each reader gets an object of his own, in his language; all of one meeting have the same UID, and the highest sequence counts. The meetings of a series are events of their own,
/// each with its own UID, and the later ones name the first as their sibling: one UID with RECURRENCE-ID (RFC 5545 §3.8.4.4) is for instances that a rule or a list of the master event
/// gives. Ours have no master: each is arranged when its time comes, by an agenda and audience of its own, and moving or cancelling one must touch no other.
/// </remarks>
public static class MeetingCalendar
{
    private const string LocalTime = "yyyyMMdd'T'HHmmss";

    private static readonly LocalizedText AnswerHere = new("Your answer: ", "请在此答复：");

    /// <summary>Writes an invitation or a change of it.</summary>
    /// <param name="meeting">The meeting.</param>
    /// <param name="organizer">Who invites; answers of calendar programs go to that address.</param>
    /// <param name="guests">Everybody who takes part, the organiser included.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="stamp">When it is written.</param>
    /// <param name="answerAt">The address at which this reader answers, or <see langword="null"/>.</param>
    public static MimeCalendar Request(Meeting meeting, MeetingGuest organizer, IReadOnlyList<MeetingGuest> guests, string language, DateTimeOffset stamp, string? answerAt) =>
        Write("REQUEST", "CONFIRMED", meeting, organizer, guests, language, stamp, answerAt);

    /// <summary>Writes that a meeting is called off.</summary>
    /// <inheritdoc cref="Request"/>
    public static MimeCalendar Cancel(Meeting meeting, MeetingGuest organizer, IReadOnlyList<MeetingGuest> guests, string language, DateTimeOffset stamp) =>
        Write("CANCEL", "CANCELLED", meeting, organizer, guests, language, stamp, answerAt: null);

    /// <summary>Writes meetings as a file to be imported or read again and again: without guests, whose answers it would contradict (RFC 5546 §3.2.1).</summary>
    /// <param name="meetings">The meetings, each with who invites to it; those that were called off are written as cancelled.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="stamp">When it is written.</param>
    /// <returns>The object, its lines ended by CRLF and folded.</returns>
    public static string Publish(IReadOnlyList<(Meeting Meeting, MeetingGuest Organizer)> meetings, string language, DateTimeOffset stamp)
    {
        StringBuilder lines = Begin("PUBLISH");
        foreach (IGrouping<string, Meeting> zone in meetings.Select(one => one.Meeting).Where(HasLocalForm).GroupBy(meeting => meeting.Zone, StringComparer.Ordinal))
            CalendarZone.Write(lines, TimeZoneInfo.FindSystemTimeZoneById(zone.Key), zone.Min(meeting => meeting.StartsAt), zone.Max(meeting => meeting.EndsAt));
        foreach ((Meeting meeting, MeetingGuest organizer) in meetings)
            Event(lines, meeting.State == MeetingState.Cancelled ? "CANCELLED" : "CONFIRMED", meeting, organizer, [], language, stamp, answerAt: null);
        return CalendarLines.Fold(lines.Append("END:VCALENDAR\n").ToString());
    }

    private static MimeCalendar Write(
        string method, string status, Meeting meeting, MeetingGuest organizer, IReadOnlyList<MeetingGuest> guests, string language, DateTimeOffset stamp, string? answerAt)
    {
        StringBuilder lines = Begin(method);
        if (HasLocalForm(meeting))
            CalendarZone.Write(lines, TimeZoneInfo.FindSystemTimeZoneById(meeting.Zone), meeting.StartsAt, meeting.EndsAt);
        Event(lines, status, meeting, organizer, guests, language, stamp, answerAt);
        return MimeCalendar.Of(lines.Append("END:VCALENDAR\n").ToString());
    }

    private static StringBuilder Begin(string method) => new StringBuilder()
        .Append("BEGIN:VCALENDAR\nPRODID:-//EngagementFlows//Meetings//EN\nVERSION:2.0\nCALSCALE:GREGORIAN\nMETHOD:").Append(method).Append('\n');

    // An hour that a clock repeats is read as its first pass (RFC 5545 §3.3.5) by some programs and as its second by others: then both ends are written in UTC.
    private static bool HasLocalForm(Meeting meeting) => TimeZoneInfo.FindSystemTimeZoneById(meeting.Zone) is var zone && CalendarZone.HasLocalForm(meeting.StartsAt, zone) && CalendarZone.HasLocalForm(meeting.EndsAt, zone);

    private static void Event(
        StringBuilder lines, string status, Meeting meeting, MeetingGuest organizer, IReadOnlyList<MeetingGuest> guests, string language, DateTimeOffset stamp, string? answerAt)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(meeting.Zone);
        bool isLocal = HasLocalForm(meeting);
        Line("BEGIN:VEVENT");
        Line($"UID:{meeting.Id:D}");
        Line(string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{meeting.Sequence}"));
        Line($"DTSTAMP:{Utc(stamp)}");
        if (meeting.SeriesFirst is { } first)
            Line($"RELATED-TO;RELTYPE=SIBLING:{first:D}");
        Line($"DTSTART{Moment(meeting.StartsAt)}");
        Line($"DTEND{Moment(meeting.EndsAt)}");
        Line($"SUMMARY;LANGUAGE={language}:{Text(meeting.Title.In(language))}");
        string?[] words = [meeting.Agenda?.In(language), answerAt is null ? null : AnswerHere.In(language) + answerAt];
        if (string.Join("\n\n", words.OfType<string>()) is { Length: > 0 } description)
            Line($"DESCRIPTION;LANGUAGE={language}:{Text(description)}");
        if (meeting.Place is { } place)
            Line($"LOCATION:{Text(place)}");
        Line($"STATUS:{status}");
        Line("TRANSP:OPAQUE");
        Line($"ORGANIZER;CN={Parameter(organizer.Name)}:mailto:{organizer.Email}");
        foreach (MeetingGuest guest in guests)
        {
            string answer = guest.Email == organizer.Email ? "ACCEPTED" : AnswerOf(guest.Answer);
            Line($"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};RSVP=FALSE;CN={Parameter(guest.Name)}:mailto:{guest.Email}");
        }

        lines.Append("END:VEVENT\n");

        void Line(string line) => lines.Append(line).Append('\n');

        string Moment(DateTimeOffset at) => isLocal && !CalendarZone.IsUtc(zone)
            ? $";TZID={zone.Id}:{TimeZoneInfo.ConvertTime(at, zone).ToString(LocalTime, CultureInfo.InvariantCulture)}"
            : $":{Utc(at)}";
    }

    private static string AnswerOf(MeetingAnswer answer) => answer switch
    {
        MeetingAnswer.Accepted => "ACCEPTED",
        MeetingAnswer.Declined => "DECLINED",
        MeetingAnswer.Proposed => "TENTATIVE",
        _ => "NEEDS-ACTION",
    };

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    // RFC 5545 §3.3.11. Other control characters than a line break have no form in a calendar.
    private static string Text(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char unit in text.ReplaceLineEndings("\n"))
        {
            if (unit == '\n')
                escaped.Append("\\n");
            else if (unit is '\\' or ';' or ',')
                escaped.Append('\\').Append(unit);
            else
                escaped.Append(char.IsControl(unit) ? ' ' : unit);
        }

        return escaped.ToString();
    }

    // RFC 6868: a quote and a circumflex inside a quoted parameter.
    private static string Parameter(string value) =>
        $"\"{ValueCode.OneLine(value).Replace("^", "^^", StringComparison.Ordinal).Replace("\"", "^'", StringComparison.Ordinal)}\"";
}
