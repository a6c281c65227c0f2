using Npgsql;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>Finds schedules whose next instant was computed from a calendar that has changed since. Locks them for the caller's transaction.</summary>
internal static class StaleCalendars
{
    private const string NamesSql = """
        select distinct calendar from recurring_schedule where calendar is not null and next_due_at is not null
        """;

    private const string Sql = """
        select s.id, s.name, s.definition_id, s.event_name, s.input, s.correlation_id, s.for_each, s.stages, s.tiers, s.cadence, s.expression, s.zone, s.starts_at, s.ends_at, s.calendar,
               s.free_days, s.misfire, s.overlap, s.state, s.next_due_at, s.held_due_at, s.last_due_at, s.revision, s.created_at, s.created_by, s.changed_at, s.changed_by
        from recurring_schedule s
        join unnest($1::text[], $2::text[]) v(calendar, version) on v.calendar = s.calendar
        where s.next_due_at is not null and s.calendar_version is distinct from v.version
        limit 500
        for update of s skip locked
        """;

    public static async Task<string[]> NamesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(NamesSql, connection);
        List<string> names = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            names.Add(reader.GetString(0));
        return [.. names];
    }

    public static async Task<List<RecurringSchedule>> ClaimAsync(NpgsqlTransaction transaction, IReadOnlyDictionary<string, string> versions, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddTexts([.. versions.Keys]);
        command.Parameters.AddTexts([.. versions.Values]);
        return await ListSchedules.ReadAsync(command, cancellationToken);
    }
}
