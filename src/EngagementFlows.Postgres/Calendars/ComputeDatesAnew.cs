using System.Text.Json;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Postgres.Audit;
using Npgsql;

namespace EngagementFlows.Postgres.Calendars;

/// <summary>What became of provisional dates.</summary>
/// <param name="Moved">Dates whose year is published now: they stand, most of them where they were.</param>
/// <param name="Left">Dates that stay provisional: their year is not published yet, or their flow was at work just now.</param>
public sealed record DatesComputedAnew(int Moved, int Left);

/// <summary>Computes the provisional dates of what is still open anew, as far as their year is published now.</summary>
/// <remarks>Each date in a transaction of its own, with its audit entry: an act that is cut short has done a part, and doing it again does the rest.</remarks>
public sealed class ComputeDatesAnew(NpgsqlDataSource dataSource, TimeZoneInfo office)
{
    private const int Portion = 200;

    /// <summary>Computes them.</summary>
    /// <param name="by">Who wants it, for the audit.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the work between two dates.</param>
    public async Task<DatesComputedAnew> ExecuteAsync(string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (int moved, int left, string? after) = (0, 0, null);
        do
        {
            ListPage<ProvisionalDate> page = await new ListProvisionalDates(dataSource).OfHouseAsync(after, Portion, cancellationToken);
            await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
            Dictionary<Question, object?> calendars = [];
            CalendarAsked[] asked = [.. page.Items.Select(AskedOf).Distinct()];
            if (asked.Length > 0)
                await AnswerCalendars.ExecuteAsync(connection, asked, office, calendars, cancellationToken);
            foreach (ProvisionalDate date in page.Items)
            {
                bool stands = calendars[AskedOf(date)] is WorkCalendar calendar && Anew(date, calendar, now) is { IsProvisional: false } anew
                    && await MoveAsync(connection, date, anew, by, now, cancellationToken);
                (moved, left) = stands ? (moved + 1, left) : (moved, left + 1);
            }

            after = page.Next;
        }
        while (after is not null);
        return new(moved, left);
    }

    private static CalendarAsked AskedOf(ProvisionalDate date) => new(date.EngagementId, date.Calendar);

    // A wait for an occurrence keeps its rule itself: woken now, it looks again and waits on.
    private static CalendarInstant? Anew(ProvisionalDate date, WorkCalendar calendar, DateTimeOffset now)
    {
        if (date.Duration is null)
            return new CalendarInstant(now, !calendar.IsPublished(TimeZoneInfo.ConvertTime(date.BegunAt, calendar.Zone).Year), calendar.Id, calendar.Version);
        return WorkingTime.TryParse(date.Duration, out WorkingTime? time) ? calendar.Add(date.BegunAt, time!) : null;
    }

    private static async Task<bool> MoveAsync(NpgsqlConnection connection, ProvisionalDate date, CalendarInstant anew, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await MoveProvisionalDate.ExecuteAsync(transaction, date, anew, cancellationToken))
            return false;
        string detail = JsonSerializer.Serialize(new { from = date.DueAt, to = anew.At, calendar = date.Calendar, version = anew.Version });
        await AppendAudit.ExecuteAsync(
            transaction, new($"engagement/{date.EngagementId:D}", by, "DateComputedAnew", $"{ProvisionalText.Of(date.Kind)}/{date.ReferenceId:D}", detail), now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
