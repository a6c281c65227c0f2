using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Finds the version of a definition that a word of the designer means.</summary>
public static class FindDefinitionVersion
{
    private const string Sql = """
        select id
        from definition
        where definition_id = $1
          and state <> 'trial'
          and case $2 when 'Published' then state = 'published' when 'Draft' then state in ('draft', 'submitted') when 'Latest' then true
                      when 'LatestOrPublished' then true when 'LatestAndPublished' then true else false end
        order by $2 = 'LatestOrPublished' and state = 'published' desc, version desc
        limit 1
        """;

    /// <summary>Returns the version's id; <see langword="null"/> if there is none, or the word is unknown.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="definitionId">The definition.</param>
    /// <param name="word"><c>Latest</c>, <c>Published</c>, <c>Draft</c>, <c>LatestOrPublished</c> (the published one if there is one) or <c>LatestAndPublished</c>.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task<string?> ExecuteAsync(NpgsqlDataSource dataSource, string definitionId, string word, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(definitionId);
        command.Parameters.AddText(word);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }
}
