using Npgsql;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>Lists schedules by name, a page at a time.</summary>
public sealed class ListSchedules(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select id, name, definition_id, event_name, input, correlation_id, for_each, stages, tiers, cadence, expression, zone, starts_at, ends_at, calendar, free_days, misfire, overlap,
               state, next_due_at, held_due_at, last_due_at, revision, created_at, created_by, changed_at, changed_by
        from recurring_schedule
        where ($1::text is null or (lower(name), id) > (lower($1), $2::uuid)) and ($3::text is null or state = $3) and ($4::text is null or strpos(lower(name), lower($4)) > 0)
        order by lower(name), id
        limit $5
        """;

    private const string OneSql = """
        select id, name, definition_id, event_name, input, correlation_id, for_each, stages, tiers, cadence, expression, zone, starts_at, ends_at, calendar, free_days, misfire, overlap,
               state, next_due_at, held_due_at, last_due_at, revision, created_at, created_by, changed_at, changed_by
        from recurring_schedule
        where id = $1
        """;

    /// <summary>Returns the page that begins after <paramref name="after"/>; <see langword="null"/> = the first.</summary>
    /// <param name="state">Only those of the state; <see langword="null"/> = all.</param>
    /// <param name="search">Only those whose name holds the text; <see langword="null"/> = all.</param>
    /// <param name="after">The place.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="ListPlaceException">The place is none.</exception>
    public async Task<ListPage<RecurringSchedule>> ExecuteAsync(string? state, string? search, string? after, int limit, CancellationToken cancellationToken)
    {
        (string Key, Guid Id)? place = PageCursor.Read(after);
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(place?.Key);
        command.Parameters.AddUuid(place?.Id);
        command.Parameters.AddText(state);
        command.Parameters.AddText(search);
        command.Parameters.AddInteger(limit + 1);
        return ListPage<RecurringSchedule>.Of(await ReadAsync(command, cancellationToken), limit, schedule => PageCursor.Of(schedule.Settings.Name, schedule.Id));
    }

    /// <summary>Returns one, or <see langword="null"/>.</summary>
    public async Task<RecurringSchedule?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(OneSql);
        command.Parameters.AddUuid(id);
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Returns one as the caller's transaction sees it, or <see langword="null"/>.</summary>
    public static async Task<RecurringSchedule?> FindAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(OneSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    internal static async Task<List<RecurringSchedule>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<RecurringSchedule> rows = [];
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(RecurringSchedule.Read(reader));
        return rows;
    }
}
