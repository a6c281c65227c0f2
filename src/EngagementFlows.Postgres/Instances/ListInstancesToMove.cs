using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Lists the living instances of a definition that run on other versions than one, with their states, the oldest first. Trials are left out.</summary>
public static class ListInstancesToMove
{
    private const string Sql = """
        select i.id, i.definition_id, i.definition_version_id, i.version, i.status, i.correlation_id, i.name, i.parent_instance_id, i.parent_bookmark_id,
               i.revision, i.created_at, i.updated_at, i.finished_at, i.is_stalled, i.open_incidents, i.state
        from instance i
        where i.definition_id = $1
          and i.definition_version_id <> $2
          and i.finished_at is null
          and not exists (select 1 from definition d where d.id = i.definition_version_id and d.state = 'trial')
          and instance_is_open_to(i.id, i.correlation_id, $3)
        order by i.id
        limit $4
        """;

    /// <summary>Returns up to <paramref name="limit"/> of them that the viewer may see.</summary>
    public static async Task<IReadOnlyList<WorkflowInstance>> ExecuteAsync(
        NpgsqlDataSource dataSource, string definitionId, string versionId, Guid? viewer, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(definitionId);
        command.Parameters.AddText(versionId);
        command.Parameters.AddUuid(viewer);
        command.Parameters.AddInteger(limit);
        List<WorkflowInstance> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(InstanceRow.Read(reader, 0));
        return found;
    }
}
