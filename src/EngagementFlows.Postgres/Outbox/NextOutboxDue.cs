using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>Tells when the next effect falls due or the next lease runs out.</summary>
internal static class NextOutboxDue
{
    private const string Sql = """
        select least(
          (select due_at from outbox where state = 'pending' order by due_at limit 1),
          (select lease_expires_at from outbox where state in ('claimed', 'sending') order by lease_expires_at limit 1))
        """;

    public static async Task<DateTimeOffset?> ExecuteAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime due ? new DateTimeOffset(due, TimeSpan.Zero) : null;
    }
}
