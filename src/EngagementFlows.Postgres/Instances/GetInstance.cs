using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Reads one instance with its state.</summary>
public static class GetInstance
{
    private const string Sql = """
        select id, definition_id, definition_version_id, version, status, correlation_id, name, parent_instance_id, parent_bookmark_id,
               revision, created_at, updated_at, finished_at, is_stalled, open_incidents, state
        from instance
        where id = $1
        """;

    /// <summary>Returns the instance, or <see langword="null"/> if there is none.</summary>
    public static async Task<WorkflowInstance?> ExecuteAsync(NpgsqlDataSource dataSource, Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(id);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? InstanceRow.Read(reader, 0) : null;
    }
}
