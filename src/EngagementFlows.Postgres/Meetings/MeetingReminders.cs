using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Postgres.Calendars;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Tells when those who are invited are reminded of a meeting that a member of staff arranges or moves.</summary>
internal static class MeetingReminders
{
    /// <summary>Returns the same time on the working day before, by the client's calendar or for staff alone by the firm's; <see langword="null"/> if that has passed.</summary>
    public static async Task<DateTimeOffset?> AtAsync(NpgsqlConnection connection, Meeting meeting, DateTimeOffset startsAt, TimeZoneInfo office, DateTimeOffset now, CancellationToken cancellationToken)
    {
        CalendarAsked asked = new(meeting.EngagementId, meeting.Audience == MeetingAudience.Client ? CalendarAsked.OfClient : CalendarAsked.OfFirm);
        Dictionary<Question, object?> answers = [];
        await AnswerCalendars.ExecuteAsync(connection, [asked], office, answers, cancellationToken);
        return answers[asked] is WorkCalendar calendar && calendar.DayBefore(startsAt).At is var at && at > now ? at : null;
    }
}
