using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Which versions the designer wants to see.</summary>
/// <param name="Only"><c>latest, published, latest-or-published, latest-and-published, draft</c>; <see langword="null"/> = all.</param>
/// <param name="Version">Only versions of that number, or <see langword="null"/>.</param>
/// <param name="DefinitionIds">Only versions of these definitions; <see langword="null"/> = of all.</param>
/// <param name="VersionIds">Only these versions, be they snapshots of drafts; <see langword="null"/> = all but snapshots.</param>
/// <param name="Search">Part of name, description or id; <see langword="null"/> = all.</param>
/// <param name="InChinese">Whether names and descriptions are read in Chinese.</param>
/// <param name="OrderBy"><c>name, version, created</c>.</param>
/// <param name="IsDescending">Whether the order is turned round.</param>
public sealed record DesignedFilter(
    string? Only, int? Version, string[]? DefinitionIds, string[]? VersionIds, string? Search, bool InChinese, string OrderBy, bool IsDescending);

/// <summary>A line of the designer's list.</summary>
/// <param name="Id">The version's id.</param>
/// <param name="DefinitionId">The definition.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Name">The name in the reader's language; the definition's id if it has none.</param>
/// <param name="Description">What it is for in the reader's language, or <see langword="null"/>.</param>
/// <param name="State">Its state.</param>
/// <param name="IsLatest">Whether no other version is newer.</param>
/// <param name="CreatedAt">When the version came into being.</param>
public sealed record DesignedLine(string Id, string DefinitionId, int Version, string Name, string? Description, string State, bool IsLatest, DateTimeOffset CreatedAt);

/// <summary>Lists versions for the designer, a page at a time. The definitions themselves are not read.</summary>
public static class ListDesignedDefinitions
{
    // The total comes with a page that holds nothing, too.
    private const string Sql = """
        with version as (
          select d.id, d.definition_id, d.version, d.description as description_en, d.description_zh, coalesce(case when $6 then d.description_zh end, d.description) as description, d.state, d.created_at,
                 coalesce(case when $6 then d.name_zh end, d.name, d.definition_id) as name, d.name as name_en, d.name_zh,
                 d.state <> 'trial' and not exists (
                   select 1 from definition n where n.definition_id = d.definition_id and n.version > d.version and n.state <> 'trial') as is_latest
          from definition d
          where (d.state <> 'trial' or $4::text[] is not null)
            and ($3::text[] is null or d.definition_id = any ($3)) and ($4::text[] is null or d.id = any ($4)) and ($2::integer is null or d.version = $2)
        ),
        wanted as (
          select * from version v
          where case coalesce($1, '')
                  when 'latest' then v.is_latest
                  when 'published' then v.state = 'published'
                  when 'latest-or-published' then v.is_latest or v.state = 'published'
                  when 'latest-and-published' then v.is_latest and v.state = 'published'
                  when 'draft' then v.state in ('draft', 'submitted')
                  else true
                end
            and ($5::text is null or v.name_en ilike $5 or v.name_zh ilike $5 or v.description_en ilike $5 or v.description_zh ilike $5 or v.definition_id ilike $5)
        )
        select (select count(*) from wanted), page.*
        from (values (1)) one
        left join lateral (
          select w.id, w.definition_id, w.version, w.name, w.description, w.state, w.is_latest, w.created_at
          from wanted w
          order by
            case when $7 = 'name' and not $8 then lower(w.name) end, case when $7 = 'name' and $8 then lower(w.name) end desc,
            case when $7 = 'version' and not $8 then w.version end, case when $7 = 'version' and $8 then w.version end desc,
            case when $7 = 'created' and not $8 then w.created_at end, case when $7 = 'created' and $8 then w.created_at end desc,
            w.definition_id, w.version desc, w.id
          offset $9
          limit $10
        ) page on true
        """;

    /// <summary>Returns the page's lines, and how many there are in all.</summary>
    public static async Task<(IReadOnlyList<DesignedLine> Lines, long Total)> ExecuteAsync(
        NpgsqlDataSource dataSource, DesignedFilter filter, long skip, int take, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(filter.Only);
        command.Parameters.AddInteger(filter.Version);
        command.Parameters.AddTextsOrNull(filter.DefinitionIds);
        command.Parameters.AddTextsOrNull(filter.VersionIds);
        command.Parameters.AddText(filter.Search is null ? null : $"%{Escaped(filter.Search)}%");
        command.Parameters.AddBoolean(filter.InChinese);
        command.Parameters.AddText(filter.OrderBy);
        command.Parameters.AddBoolean(filter.IsDescending);
        command.Parameters.AddBigint(skip);
        command.Parameters.AddInteger(take);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<DesignedLine> lines = [];
        long total = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            total = reader.GetInt64(0);
            if (!reader.IsDBNull(1))
            {
                lines.Add(new(
                    reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetString(4), reader.Text(5), reader.GetString(6), reader.GetBoolean(7), reader.Instant(8)));
            }
        }

        return (lines, total);
    }

    private static string Escaped(string search) =>
        search.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
