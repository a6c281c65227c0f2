using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>What the first page says about the health of everything.</summary>
/// <param name="Incidents">Open incidents.</param>
/// <param name="Stalled">Instances with nothing left that could move them.</param>
/// <param name="UncertainMails">Mails that were perhaps sent.</param>
/// <param name="RejectedMails">Mails that were refused in the last seven days, and of which no person has decided that it may stay so.</param>
/// <param name="Running">Instances that have not ended.</param>
/// <param name="DelayedMails">Mails that the mail server has not taken yet and that are tried again.</param>
/// <param name="DelayReason">Why the last of them was not taken, or <see langword="null"/> if there is none.</param>
/// <param name="UncertainCalls">Outside calls that perhaps happened.</param>
/// <param name="UncertainCallOf">The instance of the oldest of them that the viewer may see, or <see langword="null"/> if there is none.</param>
public sealed record HomeFigures(
    long Incidents, long Stalled, long UncertainMails, long RejectedMails, long Running, long DelayedMails, string? DelayReason, long UncertainCalls, Guid? UncertainCallOf);

/// <summary>Counts what the first page shows.</summary>
public sealed class ReadHomePage(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select (select count(*) from incident where resolved_at is null),
               (select count(*) from instance where is_stalled),
               (select count(*) from outbox where state = 'uncertain' and kind = 'mail'),
               (select count(*) from outbox where state = 'rejected' and kind = 'mail' and ended_at > now() - interval '7 days' and let_be_at is null),
               (select count(*) from instance where finished_at is null),
               (select count(*) from outbox where failing_since is not null and state in ('pending', 'claimed', 'sending') and kind = 'mail'),
               (select answer from outbox where failing_since is not null and state in ('pending', 'claimed', 'sending') and kind = 'mail' order by failing_since desc limit 1),
               (select count(*) from outbox where state = 'uncertain' and kind = 'http'),
               (select instance_id from outbox where state = 'uncertain' and kind = 'http' and instance_id_is_open_to(instance_id, $1) order by id limit 1)
        """;

    /// <summary>Returns the figures. What is closed counts, and is not shown.</summary>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <param name="viewer">Who looks; <see langword="null"/> = a program or a stranger, who is shown nothing of closed engagements.</param>
    public async Task<HomeFigures> ExecuteAsync(CancellationToken cancellationToken, Guid? viewer = null)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(viewer);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new HomeFigures(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.Text(6), reader.GetInt64(7), reader.Uuid(8));
    }
}
