using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>A version of a definition in the list.</summary>
/// <param name="VersionId">The version's id.</param>
/// <param name="DefinitionId">The definition.</param>
/// <param name="Version">Its number.</param>
/// <param name="Name">What people call it; its id where it has no name.</param>
/// <param name="State"><c>draft, submitted, published, retired</c>.</param>
/// <param name="CreatedAt">When it came in.</param>
/// <param name="CreatedBy">Who brought it in.</param>
/// <param name="SubmittedBy">Who asked for its publication, or <see langword="null"/>.</param>
/// <param name="PublishedAt">When it was published, or <see langword="null"/>.</param>
/// <param name="PublishedBy">Who published it, or <see langword="null"/>.</param>
/// <param name="Running">Instances of this version that have not ended.</param>
/// <param name="Json">The definition as it was imported or drawn.</param>
/// <param name="Authors">Who drew on it.</param>
/// <param name="By">Who published it, else who brought it in: a person's name, or else who it was as the audit writes it.</param>
public sealed record DefinitionVersionRow(
    string VersionId,
    string DefinitionId,
    int Version,
    LocalizedText Name,
    string State,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    string? SubmittedBy,
    DateTimeOffset? PublishedAt,
    string? PublishedBy,
    long Running,
    string Json,
    IReadOnlyList<string> Authors,
    string By);

/// <summary>Reads the definitions: of each the published version and what waits to become it, or one version with all its fellows.</summary>
public sealed class ReadDefinitionsPage(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select d.id, d.definition_id, d.version, coalesce(d.name, d.definition_id), coalesce(d.name_zh, d.name, d.definition_id), d.state, d.created_at, d.created_by, d.submitted_by, d.published_at, d.published_by,
               (select count(*) from instance i where i.definition_id = d.definition_id and i.definition_version_id = d.id and i.finished_at is null), d.json, d.authors,
               coalesce(p.name, d.published_by, d.created_by)
        from definition d
        left join person p on 'person:' || p.id = coalesce(d.published_by, d.created_by)
        where d.state <> 'trial'
          and (($1::text is null and d.state <> 'retired') or d.definition_id = (select v.definition_id from definition v where v.id = $1))
        order by d.definition_id, d.version desc
        limit $2
        """;

    private const int Most = 500;

    /// <summary>Returns the versions in use or under way, by definition, the newest first.</summary>
    public Task<IReadOnlyList<DefinitionVersionRow>> ListAsync(CancellationToken cancellationToken) => ReadAsync(null, cancellationToken);

    /// <summary>Returns all versions of the definition to which <paramref name="versionId"/> belongs, the newest first; none if there is no such version.</summary>
    public Task<IReadOnlyList<DefinitionVersionRow>> OfVersionAsync(string versionId, CancellationToken cancellationToken) => ReadAsync(versionId, cancellationToken);

    private async Task<IReadOnlyList<DefinitionVersionRow>> ReadAsync(string? versionId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(versionId);
        command.Parameters.AddInteger(Most);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<DefinitionVersionRow> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new DefinitionVersionRow(
                reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.Localized(3), reader.GetString(5), reader.Instant(6), reader.GetString(7),
                reader.Text(8), reader.OptionalInstant(9), reader.Text(10), reader.GetInt64(11), reader.GetString(12), reader.GetFieldValue<string[]>(13), reader.GetString(14)));
        }

        return rows;
    }
}
