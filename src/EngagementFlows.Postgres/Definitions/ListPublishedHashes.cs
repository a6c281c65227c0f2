using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Reads the content hashes of the published versions.</summary>
public static class ListPublishedHashes
{
    private const string Sql = "select definition_id, content_hash from definition where state = 'published'";

    /// <summary>Returns the hashes by definition.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ExecuteAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<string, string> hashes = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
            hashes.Add(reader.GetString(0), reader.GetString(1));
        return hashes;
    }
}
