using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine.Effects;
using Npgsql;

namespace EngagementFlows.Postgres.Calendars;

/// <summary>Finds the calendar that a flow would compute with.</summary>
public sealed class FindWorkCalendar(NpgsqlDataSource dataSource, TimeZoneInfo office)
{
    /// <summary>Returns the calendar, or why there is none.</summary>
    public async Task<(WorkCalendar? Calendar, string? WhyNot)> ExecuteAsync(CalendarAsked asked, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        Dictionary<Question, object?> answers = [];
        await AnswerCalendars.ExecuteAsync(connection, [asked], office, answers, cancellationToken);
        return (answers[asked] as WorkCalendar, (answers[asked] as Unanswerable)?.Reason);
    }
}
