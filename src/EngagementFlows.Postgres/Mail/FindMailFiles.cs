using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>Finds the files of process versions that mails want to carry, without reading them.</summary>
internal static class FindMailFiles
{
    private const string Sql = """
        select d.definition_version_id, d.path, octet_length(d.content)
        from unnest($1::text[], $2::text[]) as wanted (version, path)
        join definition_asset d on d.definition_version_id = wanted.version and d.path = wanted.path
        """;

    /// <summary>Returns the size of each file that exists, in bytes.</summary>
    public static async Task<Dictionary<(string Version, string Path), int>> ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<(string Version, string Path)> wanted, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddTexts([.. wanted.Select(file => file.Version)]);
        command.Parameters.AddTexts([.. wanted.Select(file => file.Path)]);
        Dictionary<(string, string), int> sizes = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            sizes[(reader.GetString(0), reader.GetString(1))] = reader.GetInt32(2);
        return sizes;
    }
}
