using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Puts a file beside a version, in place of one of the same path. Runs in the caller's transaction.</summary>
/// <remarks>Only for what is no part of the version's content: mails and forms are fixed with their version.</remarks>
public static class KeepAsset
{
    private const string Sql = """
        insert into definition_asset (definition_version_id, path, content) values ($1, $2, $3)
        on conflict (definition_version_id, path) do update set content = excluded.content
        """;

    /// <summary>Keeps the file.</summary>
    public static async Task ExecuteAsync(NpgsqlTransaction transaction, string versionId, string path, byte[] content, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddText(versionId);
        command.Parameters.AddText(path);
        command.Parameters.AddWithValue(content);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
