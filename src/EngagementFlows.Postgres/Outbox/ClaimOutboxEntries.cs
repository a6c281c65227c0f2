using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>Claims due effects for one dispatcher and starts their leases. Safe to call from many processes at once; a row goes to one of them.</summary>
internal static class ClaimOutboxEntries
{
    // One statement: choosing and leasing must share a snapshot, or two dispatchers could take the same row.
    private const string Sql = """
        with due as (
          select id from outbox
          where state = 'pending' and due_at <= coalesce($4, now())
          order by due_at, id
          limit $1
          for update skip locked
        )
        update outbox
        set state = 'claimed', attempt = attempt + 1, lease_owner = $2, lease_expires_at = coalesce($4, now()) + $3
        from due
        where outbox.id = due.id
        returning outbox.id, outbox.instance_id, outbox.kind, outbox.effect_key, outbox.attempt, outbox.payload, outbox.failing_since
        """;

    public static async Task<List<ClaimedEffect>> ExecuteAsync(
        NpgsqlDataSource dataSource, int limit, Guid owner, TimeSpan lease, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddInteger(limit);
        command.Parameters.AddUuid(owner);
        command.Parameters.AddInterval(lease);
        command.Parameters.AddInstant(now);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<ClaimedEffect> claimed = [];
        while (await reader.ReadAsync(cancellationToken))
            claimed.Add(new(reader.GetGuid(0), reader.Uuid(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.GetString(5), reader.OptionalInstant(6)));
        return claimed;
    }
}
