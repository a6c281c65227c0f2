using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Reads a version for the designer.</summary>
public static class ReadDesignedVersion
{
    private const string Sql = """
        select d.id, d.definition_id, d.version, d.name, d.state, d.content_hash, d.json, d.created_at, d.created_by, d.submitted_by, d.published_at, d.published_by,
               d.is_drawn, d.revision, d.authors,
               d.state <> 'trial' and not exists (select 1 from definition n where n.definition_id = d.definition_id and n.version > d.version and n.state <> 'trial'),
               d.saved_at, coalesce(p.name, regexp_replace(coalesce(d.saved_by, d.created_by), '^key:', '')), d.editor, d.editor_save
        from definition d
        left join person p on 'person:' || p.id = coalesce(d.saved_by, d.created_by)
        where ($1::text is null or d.id = $1) and ($2::text is null or (d.definition_id = $2 and d.state <> 'trial'))
          and (not $3 or d.state = 'published') and ($4::integer is null or d.version = $4)
        order by d.version desc
        limit 1
        """;

    /// <summary>Returns a version by its id, be it a snapshot; <see langword="null"/> if there is none.</summary>
    public static Task<DesignedVersion?> ByIdAsync(NpgsqlConnection connection, string versionId, CancellationToken cancellationToken) =>
        ReadAsync(connection, versionId, definitionId: null, onlyPublished: false, version: null, cancellationToken);

    /// <summary>Returns a definition's newest version, <see langword="null"/> if there is none.</summary>
    public static Task<DesignedVersion?> LatestAsync(NpgsqlConnection connection, string definitionId, CancellationToken cancellationToken) =>
        ReadAsync(connection, versionId: null, definitionId, onlyPublished: false, version: null, cancellationToken);

    /// <summary>Returns the version that is published, <see langword="null"/> if none is.</summary>
    public static Task<DesignedVersion?> PublishedAsync(NpgsqlConnection connection, string definitionId, CancellationToken cancellationToken) =>
        ReadAsync(connection, versionId: null, definitionId, onlyPublished: true, version: null, cancellationToken);

    /// <summary>Returns the version of that number, <see langword="null"/> if there is none.</summary>
    public static Task<DesignedVersion?> NumberedAsync(NpgsqlConnection connection, string definitionId, int version, CancellationToken cancellationToken) =>
        ReadAsync(connection, versionId: null, definitionId, onlyPublished: false, version, cancellationToken);

    private static async Task<DesignedVersion?> ReadAsync(
        NpgsqlConnection connection, string? versionId, string? definitionId, bool onlyPublished, int? version, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddText(versionId);
        command.Parameters.AddText(definitionId);
        command.Parameters.AddBoolean(onlyPublished);
        command.Parameters.AddInteger(version);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(LoadDefinitions.Read(reader), reader.GetBoolean(15), reader.OptionalInstant(16), reader.GetString(17), reader.Text(18), reader.IsDBNull(19) ? null : reader.GetInt64(19))
            : null;
    }
}
