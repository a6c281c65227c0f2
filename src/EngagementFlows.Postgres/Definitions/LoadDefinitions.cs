using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Loads versions by their ids; ids that do not exist are left out.</summary>
public static class LoadDefinitions
{
    private const string Sql = """
        select id, definition_id, version, name, state, content_hash, json, created_at, created_by, submitted_by, published_at, published_by, is_drawn, revision, authors
        from definition
        where id = any ($1)
        order by definition_id, version
        """;

    /// <summary>Loads the versions.</summary>
    public static async Task<IReadOnlyList<StoredDefinition>> ExecuteAsync(NpgsqlDataSource dataSource, string[] ids, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddTexts(ids);
        return await ReadAllAsync(command, cancellationToken);
    }

    internal static async Task<List<StoredDefinition>> ReadAllAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        List<StoredDefinition> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(Read(reader));

        return found;
    }

    internal static StoredDefinition Read(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        reader.GetInt32(2),
        reader.Text(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.GetString(6),
        reader.Instant(7),
        reader.GetString(8),
        reader.Text(9),
        reader.OptionalInstant(10),
        reader.Text(11),
        reader.GetBoolean(12),
        reader.GetInt32(13),
        reader.GetFieldValue<string[]>(14));
}
