using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Reads a mail, form or other text that belongs to a version.</summary>
public static class ReadAsset
{
    private const string Sql = "select content from definition_asset where definition_version_id = $1 and path = $2";

    /// <summary>Returns the bytes, or <see langword="null"/> if the version has no such path.</summary>
    public static async Task<byte[]?> ExecuteAsync(NpgsqlDataSource dataSource, string versionId, string path, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(versionId);
        command.Parameters.AddText(path);
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }
}
