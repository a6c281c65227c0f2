using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Lists versions, newest of each definition first, a page at a time.</summary>
public static class ListDefinitionVersions
{
    private const string Sql = """
        select id, definition_id, version, name, state, content_hash, json, created_at, created_by, submitted_by, published_at, published_by, is_drawn, revision, authors
        from definition
        where ($1::text is null or definition_id = $1) and (not $2 or state = 'published') and state <> 'trial'
          and ($3::text is null or (definition_id, -version) > (select last.definition_id, -last.version from definition last where last.id = $3))
        order by definition_id, version desc
        limit $4
        """;

    private const string PlaceSql = "select 1 from definition where id = $1";

    /// <summary>Returns the page that begins after a version's id; <see langword="null"/> = the first.</summary>
    /// <exception cref="ListPlaceException">There is no such version.</exception>
    public static async Task<ListPage<StoredDefinition>> ExecuteAsync(
        NpgsqlDataSource dataSource, string? definitionId, bool onlyPublished, string? after, int limit, CancellationToken cancellationToken)
    {
        string? place = string.IsNullOrEmpty(after) ? null : after;
        if (place is not null && !await IsThereAsync(dataSource, place, cancellationToken))
            throw new ListPlaceException(ListPlace.After, place);
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(definitionId);
        command.Parameters.AddBoolean(onlyPublished);
        command.Parameters.AddText(place);
        command.Parameters.AddInteger(limit + 1);
        return ListPage<StoredDefinition>.Of([.. await LoadDefinitions.ReadAllAsync(command, cancellationToken)], limit, version => version.Id);
    }

    private static async Task<bool> IsThereAsync(NpgsqlDataSource dataSource, string versionId, CancellationToken cancellationToken)
    {
        if (versionId.Contains('\0', StringComparison.Ordinal))
            return false;
        await using NpgsqlCommand command = dataSource.CreateCommand(PlaceSql);
        command.Parameters.AddText(versionId);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
