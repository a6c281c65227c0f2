using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>Records, just before it, that an effect is about to be sent. From here on only a person may have it sent again.</summary>
internal static class BeginSending
{
    private const string Sql = """
        update outbox
        set state = 'sending', lease_expires_at = coalesce($5, now()) + $4
        where id = $1 and state = 'claimed' and lease_owner = $2 and attempt = $3 and lease_expires_at > coalesce($5, now())
        """;

    /// <summary>Returns whether the lease still held; if not, nothing may be sent.</summary>
    public static async Task<bool> ExecuteAsync(
        NpgsqlDataSource dataSource, ClaimedEffect effect, Guid owner, TimeSpan lease, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(effect.Id);
        command.Parameters.AddUuid(owner);
        command.Parameters.AddInteger(effect.Attempt);
        command.Parameters.AddInterval(lease);
        command.Parameters.AddInstant(now);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
