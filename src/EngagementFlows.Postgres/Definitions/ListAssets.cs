using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Reads all mails, forms and other texts of a version.</summary>
public static class ListAssets
{
    private const string Sql = "select path, content from definition_asset where definition_version_id = $1 order by path";

    /// <summary>Returns the bytes by path.</summary>
    public static async Task<IReadOnlyDictionary<string, byte[]>> ExecuteAsync(NpgsqlDataSource dataSource, string versionId, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await ExecuteAsync(connection, versionId, cancellationToken);
    }

    /// <summary>Returns the bytes by path, on a connection of the caller's.</summary>
    public static async Task<IReadOnlyDictionary<string, byte[]>> ExecuteAsync(NpgsqlConnection connection, string versionId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddText(versionId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<string, byte[]> assets = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
            assets.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1));
        return assets;
    }
}
