using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>What the first page says about the health of everything.</summary>
/// <param name="Incidents">Open incidents.</param>
/// <param name="Stalled">Instances with nothing left that could move them.</param>
/// <param name="UncertainMails">Mails that were perhaps sent.</param>
/// <param name="RejectedMails">Mails that were refused in the last seven days.</param>
/// <param name="Running">Instances that have not ended.</param>
public sealed record HomeFigures(long Incidents, long Stalled, long UncertainMails, long RejectedMails, long Running);

/// <summary>Counts what the first page shows.</summary>
public sealed class ReadHomePage(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select (select count(*) from incident where resolved_at is null),
               (select count(*) from instance where is_stalled),
               (select count(*) from outbox where state = 'uncertain' and kind = 'mail'),
               (select count(*) from outbox where state = 'rejected' and kind = 'mail' and ended_at > now() - interval '7 days'),
               (select count(*) from instance where finished_at is null)
        """;

    /// <summary>Returns the figures.</summary>
    public async Task<HomeFigures> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new HomeFigures(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
    }
}
