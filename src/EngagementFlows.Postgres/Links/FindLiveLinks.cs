using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Finds the open link of each step: the one that the step made, or the one that was sent in its place. A reminder carries that one.</summary>
internal static class FindLiveLinks
{
    private const string Sql = """
        select made.id, live.id
        from link made
        join link live on live.bookmark_id = made.bookmark_id and live.state = 'open'
        where made.id = any($1)
        """;

    /// <summary>Returns the open links by the step's own; a step whose link was revoked is left out.</summary>
    public static async Task<Dictionary<Guid, Guid>> ExecuteAsync(NpgsqlConnection connection, Guid[] links, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuids(links);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<Guid, Guid> live = [];
        while (await reader.ReadAsync(cancellationToken))
            live[reader.GetGuid(0)] = reader.GetGuid(1);
        return live;
    }
}
