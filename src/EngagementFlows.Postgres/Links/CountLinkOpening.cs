using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Counts that a link was looked at: the one thing that a GET may change. Scanners look too, so it proves nothing.</summary>
public sealed class CountLinkOpening(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        update link set openings = least(openings, 1000000) + 1, opened_at = coalesce(opened_at, $2, now()) where id = $1
        """;

    /// <summary>Counts; does nothing for a link that does not exist.</summary>
    public async Task ExecuteAsync(Guid link, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(link);
        command.Parameters.AddInstant(now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
