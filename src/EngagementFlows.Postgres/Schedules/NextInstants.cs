using Npgsql;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>Reads the next instants at which any schedule is due, each once, and whether firings wait in a queue.</summary>
internal static class NextInstants
{
    // From instant to instant along the index: ten thousand schedules of one instant cost no more than one.
    private const string Sql = """
        with recursive instant as (
          (select next_due_at, 1 as place from recurring_schedule where next_due_at is not null order by next_due_at limit 1)
          union all
          select (select s.next_due_at from recurring_schedule s where s.next_due_at > i.next_due_at order by s.next_due_at limit 1), i.place + 1
          from instant i
          where i.next_due_at is not null and i.place < $1
        )
        select clock_timestamp(), coalesce((select array_agg(next_due_at order by next_due_at) from instant where next_due_at is not null), '{}'),
               exists (select 1 from schedule_firing where state = 'queued')
        """;

    public static async Task<(IReadOnlyList<DateTimeOffset> Instants, bool HasQueued)> ExecuteAsync(NpgsqlDataSource dataSource, DatabaseClock clock, int most, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddInteger(most);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        clock.Observe(reader.Instant(0));
        return ([.. reader.GetFieldValue<DateTime[]>(1).Select(instant => new DateTimeOffset(instant, TimeSpan.Zero))], reader.GetBoolean(2));
    }
}
