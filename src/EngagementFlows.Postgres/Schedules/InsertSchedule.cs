using EngagementFlows.Engagements.Schedules;
using Npgsql;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>Stores a new schedule. Runs in the caller's transaction.</summary>
public static class InsertSchedule
{
    private const string Sql = """
        insert into recurring_schedule (name, target, definition_id, event_name, input, correlation_id, for_each, stages, tiers, cadence, expression, zone, starts_at, ends_at,
                                        calendar, free_days, misfire, overlap, id, calendar_version, next_due_at, created_at, created_by, changed_at, changed_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $22, $23)
        on conflict (lower(name)) do nothing
        """;

    /// <summary>Stores it; returns <see langword="false"/> if there is one of that name.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="id">A new id.</param>
    /// <param name="settings">What it does and when.</param>
    /// <param name="calendarVersion">The calendar's version from which <paramref name="next"/> was computed; <see langword="null"/> without a calendar.</param>
    /// <param name="next">Its first instant.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public static async Task<bool> ExecuteAsync(
        NpgsqlTransaction transaction, Guid id, ScheduleSettings settings, string? calendarVersion, DateTimeOffset? next, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddSettings(settings);
        command.Parameters.AddUuid(id);
        command.Parameters.AddText(calendarVersion);
        command.Parameters.AddInstant(next);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(by);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
