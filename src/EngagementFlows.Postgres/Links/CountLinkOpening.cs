using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Counts that a link was looked at: the one thing that a GET may change. Who looked is a guess, and proves nothing.</summary>
public sealed class CountLinkOpening(NpgsqlDataSource dataSource)
{
    // Nobody waits for the disk: a counter may be lost with the machine, and a link that is counted must not take longer than one that does not exist.
    private const string BeginSql = "select set_config('synchronous_commit', 'off', true)";

    // Nobody reads a mail in the seconds in which it is delivered, and nobody opens a link again and again within seconds: those are scanners.
    private const string Sql = """
        update link
        set openings = least(openings, 1000000) + 1,
            machine_openings = least(machine_openings, 1000000) + case
                when $3 or coalesce($2, now()) < issued_at + interval '15 seconds' or last_opened_at > coalesce($2, now()) - interval '5 seconds' then 1
                else 0
            end,
            opened_at = coalesce(opened_at, $2, now()),
            last_opened_at = coalesce($2, now())
        where id = $1
        """;

    // The same for a standing link.
    private const string StandingSql = """
        update standing_link
        set openings = least(openings, 1000000) + 1,
            machine_openings = least(machine_openings, 1000000) + case
                when $3 or coalesce($2, now()) < issued_at + interval '15 seconds' or last_opened_at > coalesce($2, now()) - interval '5 seconds' then 1
                else 0
            end,
            last_opened_at = coalesce($2, now())
        where id = $1
        """;

    /// <summary>Counts; does nothing for a link that does not exist.</summary>
    /// <param name="link">The link.</param>
    /// <param name="now">The instant, or <see langword="null"/> for the database's clock.</param>
    /// <param name="looksLikeMachine">What the request itself lets one guess.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public Task ExecuteAsync(Guid link, DateTimeOffset? now, bool looksLikeMachine, CancellationToken cancellationToken) => CountAsync(Sql, link, now, looksLikeMachine, cancellationToken);

    /// <summary>Counts a look at a standing link; does nothing for one that does not exist.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task OfStandingAsync(Guid link, DateTimeOffset? now, bool looksLikeMachine, CancellationToken cancellationToken) => CountAsync(StandingSql, link, now, looksLikeMachine, cancellationToken);

    private async Task CountAsync(string sql, Guid link, DateTimeOffset? now, bool looksLikeMachine, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new(BeginSql));
        NpgsqlBatchCommand command = new(sql);
        command.Parameters.AddUuid(link);
        command.Parameters.AddInstant(now);
        command.Parameters.AddBoolean(looksLikeMachine);
        batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
