using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Lists versions, newest of each definition first; all, or those of one definition.</summary>
public static class ListDefinitions
{
    private const string Sql = """
        select id, definition_id, version, name, state, content_hash, json, created_at, created_by, submitted_by, published_at, published_by, is_drawn, revision, authors
        from definition
        where ($1::text is null or definition_id = $1) and (not $2 or state = 'published') and state <> 'trial'
        order by definition_id, version desc
        """;

    /// <summary>Lists the versions of <paramref name="definitionId"/>, or of all definitions if it is <see langword="null"/>.</summary>
    public static async Task<IReadOnlyList<StoredDefinition>> ExecuteAsync(NpgsqlDataSource dataSource, string? definitionId, bool onlyPublished, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(definitionId);
        command.Parameters.AddBoolean(onlyPublished);
        return await LoadDefinitions.ReadAllAsync(command, cancellationToken);
    }
}
