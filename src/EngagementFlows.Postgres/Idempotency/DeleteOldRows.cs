using Npgsql;

namespace EngagementFlows.Postgres.Idempotency;

/// <summary>Removes what was kept for a while only: answers to keys after 7 days, events a day after their end, firings of schedules after 400 days. In small batches, so that nobody waits.</summary>
internal static class DeleteOldRows
{
    private const string Answers = """
        delete from idempotency where ctid in (select ctid from idempotency where created_at < now() - interval '7 days' limit 1000)
        """;

    private const string Events = """
        delete from event where ctid in (select ctid from event where expires_at < now() - interval '1 day' limit 1000)
        """;

    private const string Firings = """
        delete from schedule_firing where ctid in (select ctid from schedule_firing where fired_at < now() - interval '400 days' and state in ('fired', 'skipped') limit 1000)
        """;

    public static async Task ExecuteAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        foreach (string sql in new[] { Answers, Events, Firings })
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(sql);
            while (await command.ExecuteNonQueryAsync(cancellationToken) == 1000)
            {
            }
        }
    }
}
