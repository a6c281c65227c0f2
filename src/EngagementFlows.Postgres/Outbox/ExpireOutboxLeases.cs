using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>Rescues what dispatchers that died left: a claim goes back to pending, a sending becomes uncertain, for nobody knows what the other side has.</summary>
internal static class ExpireOutboxLeases
{
    private const string Sql = """
        update outbox
        set state = case state when 'claimed' then 'pending' else 'uncertain' end,
            ended_at = case state when 'sending' then coalesce($1, now()) end,
            answer = case state when 'sending' then 'The process that was sending it ended before it recorded an answer.' else answer end,
            lease_owner = null, lease_expires_at = null
        where id in (
          select id from outbox
          where state in ('claimed', 'sending') and lease_expires_at <= coalesce($1, now())
          limit 500
          for update skip locked
        )
        """;

    public static async Task<int> ExecuteAsync(NpgsqlDataSource dataSource, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddInstant(now);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
