using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Lists the engagements that an import made and for which a process has never begun.</summary>
public sealed class ListUnbegunEngagements(NpgsqlDataSource dataSource)
{
    // The stage tells apart an engagement whose instance was deleted long ago from one that never had any.
    private const string Sql = """
        select e.id
        from engagement e
        where e.stage = 'prospect'
          and not exists (select 1 from client c where c.id = e.client_id and (c.erased_at is not null or c.is_internal))
          and exists (select 1 from timeline_entry t where t.engagement_id = e.id and t.actor = $1)
          and not exists (select 1 from instance i where i.definition_id = $2 and i.correlation_id = e.id::text)
        order by e.id
        """;

    /// <summary>Returns the engagements.</summary>
    /// <param name="importer">Who imported them, as the timeline names him.</param>
    /// <param name="definitionId">The process.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IReadOnlyList<Guid>> ExecuteAsync(string importer, string definitionId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(importer);
        command.Parameters.AddText(definitionId);
        List<Guid> engagements = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            engagements.Add(reader.GetGuid(0));
        return engagements;
    }
}
