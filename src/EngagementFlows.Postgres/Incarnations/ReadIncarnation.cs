using Npgsql;

namespace EngagementFlows.Postgres.Incarnations;

/// <summary>The present incarnation, and what it still holds back.</summary>
/// <param name="Incarnation">The latest one, or <see langword="null"/> if the database was never restored.</param>
/// <param name="Held">What waits for a person.</param>
public sealed record IncarnationState(Incarnation? Incarnation, HeldWork Held);

/// <summary>Reads whether the database was restored and what waits for release since. Walks indexes of held rows only.</summary>
public sealed class ReadIncarnation(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select i.id, i.began_at, i.backup_taken_at, i.begun_by,
               (select count(*) from outbox where state = 'held' and kind = 'mail'), (select count(*) from outbox where state = 'held' and kind <> 'mail'),
               (select count(*) from inbox where held_due_at is not null), (select count(*) from trigger_schedule where held_due_at is not null)
               + (select count(*) from recurring_schedule where held_due_at is not null) + (select count(*) from schedule_firing where state = 'held')
        from (select 1) always
        left join lateral (select id, began_at, backup_taken_at, begun_by from incarnation order by began_at desc limit 1) i on true
        """;

    /// <summary>Returns the state of this instant.</summary>
    public async Task<IncarnationState> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        Incarnation? incarnation = reader.IsDBNull(0) ? null : new(reader.GetGuid(0), reader.Instant(1), reader.Instant(2), reader.GetString(3));
        return new(incarnation, new(reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7)));
    }
}
