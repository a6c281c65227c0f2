using EngagementFlows.Engagements.Schedules;
using Npgsql;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>Changes, pauses, resumes or removes a schedule, if it still is as its changer saw it. Runs in the caller's transaction.</summary>
/// <remarks>Takes the lock that a firing takes too: a firing is committed before a pause or does not happen.</remarks>
public static class ChangeSchedule
{
    private const string SetSql = """
        update recurring_schedule
        set name = $1, target = $2, definition_id = $3, event_name = $4, input = $5, correlation_id = $6, for_each = $7, stages = $8, tiers = $9, cadence = $10, expression = $11,
            zone = $12, starts_at = $13, ends_at = $14, calendar = $15, free_days = $16, misfire = $17, overlap = $18, calendar_version = $21,
            next_due_at = case when state = 'active' then $22::timestamptz end, held_due_at = null,
            revision = revision + 1, changed_at = $23, changed_by = $24
        where id = $19 and revision = $20
        """;

    private const string StateSql = """
        update recurring_schedule
        set state = $3, calendar_version = $4, next_due_at = $5, held_due_at = null, revision = revision + 1, changed_at = $6, changed_by = $7
        where id = $1 and revision = $2 and state <> $3
        """;

    private const string RemoveSql = """
        delete from recurring_schedule where id = $1 and revision = $2
        """;

    /// <summary>Changes what it does and when; returns whether it was there in that revision.</summary>
    /// <exception cref="PostgresException">There is another of that name (unique violation of <c>recurring_schedule_name</c>).</exception>
    public static async Task<bool> SetAsync(
        NpgsqlTransaction transaction, Guid id, long revision, ScheduleSettings settings, string? calendarVersion, DateTimeOffset? next, string by, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(SetSql, transaction.Connection, transaction);
        command.Parameters.AddSettings(settings);
        command.Parameters.AddUuid(id);
        command.Parameters.AddBigint(revision);
        command.Parameters.AddText(calendarVersion);
        command.Parameters.AddInstant(next);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(by);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Pauses or resumes it; returns whether it was there in that revision and in the other state.</summary>
    public static async Task<bool> SetStateAsync(
        NpgsqlTransaction transaction, Guid id, long revision, string state, string? calendarVersion, DateTimeOffset? next, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(StateSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        command.Parameters.AddBigint(revision);
        command.Parameters.AddText(state);
        command.Parameters.AddText(calendarVersion);
        command.Parameters.AddInstant(next);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(by);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Removes it with the account of its firings; returns whether it was there in that revision. What it started goes on.</summary>
    public static async Task<bool> RemoveAsync(NpgsqlTransaction transaction, Guid id, long revision, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(RemoveSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        command.Parameters.AddBigint(revision);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
