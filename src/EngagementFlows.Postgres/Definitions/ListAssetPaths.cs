using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Lists the paths of the mails, forms and files of the latest version of a definition, whatever its state.</summary>
public static class ListAssetPaths
{
    private const string Sql = """
        select path from definition_asset
        where definition_version_id = (select id from definition where definition_id = $1 and state <> 'trial' order by version desc limit 1)
        order by path
        """;

    /// <summary>Returns the paths; nothing if there is no such definition.</summary>
    public static async Task<IReadOnlyList<string>> ExecuteAsync(NpgsqlDataSource dataSource, string definitionId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(definitionId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> paths = [];
        while (await reader.ReadAsync(cancellationToken))
            paths.Add(reader.GetString(0));
        return paths;
    }
}
