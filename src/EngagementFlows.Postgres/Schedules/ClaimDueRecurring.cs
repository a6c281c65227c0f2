using Npgsql;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>Claims recurring schedules whose instant has come, the earliest first; the claim is a row lock and ends with the caller's transaction.</summary>
internal static class ClaimDueRecurring
{
    private const string Sql = """
        select id, name, definition_id, event_name, input, correlation_id, for_each, stages, tiers, cadence, expression, zone, starts_at, ends_at, calendar, free_days, misfire, overlap,
               state, next_due_at, held_due_at, last_due_at, revision, created_at, created_by, changed_at, changed_by
        from recurring_schedule
        where next_due_at <= coalesce($1, clock_timestamp())
        order by next_due_at
        limit $2
        for update skip locked
        """;

    public static async Task<List<RecurringSchedule>> ExecuteAsync(NpgsqlTransaction transaction, DatabaseClock clock, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddInstant(clock.ForStatements);
        command.Parameters.AddInteger(limit);
        List<RecurringSchedule> due = await ListSchedules.ReadAsync(command, cancellationToken);
        // What is due by the database's clock is fired at or after its instant by ours too.
        if (due.Count > 0)
            clock.Observe(due[^1].NextDueAt!.Value);
        return due;
    }
}
