using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>The link that works for a step now.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ExpiresAt">From when it is dead.</param>
/// <param name="IsProvisional">Whether that instant may move, since the holidays of its year are not published yet.</param>
internal sealed record LiveLink(Guid Id, DateTimeOffset ExpiresAt, bool IsProvisional);

/// <summary>Finds the open link of each step: the one that the step made, or the one that was sent in its place. A reminder carries that one.</summary>
internal static class FindLiveLinks
{
    private const string Sql = """
        select made.id, live.id, live.expires_at, exists (select 1 from provisional_date p where p.reference_id = live.bookmark_id)
        from link made
        join link live on live.bookmark_id = made.bookmark_id and state_of_link(live) = 'open'
        where made.id = any($1)
        """;

    /// <summary>Returns the open links by the step's own; a step whose link was revoked is left out.</summary>
    public static async Task<Dictionary<Guid, LiveLink>> ExecuteAsync(NpgsqlConnection connection, Guid[] links, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuids(links);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<Guid, LiveLink> live = [];
        while (await reader.ReadAsync(cancellationToken))
            live[reader.GetGuid(0)] = new(reader.GetGuid(1), reader.Instant(2), reader.GetBoolean(3));
        return live;
    }
}
