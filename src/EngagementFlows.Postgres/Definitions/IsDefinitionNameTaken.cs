using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Tells whether people call another definition so, in either language.</summary>
public static class IsDefinitionNameTaken
{
    private const string Sql = """
        select exists (
          select 1 from definition d
          where (lower(d.name) = lower($1) or lower(d.name_zh) = lower($1)) and ($2::text is null or d.definition_id <> $2) and d.state <> 'trial'
            and not exists (select 1 from definition n where n.definition_id = d.definition_id and n.version > d.version and n.state <> 'trial'))
        """;

    /// <summary>Looks at the newest version of each definition but <paramref name="except"/>.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlDataSource dataSource, string name, string? except, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(name);
        command.Parameters.AddText(except);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
