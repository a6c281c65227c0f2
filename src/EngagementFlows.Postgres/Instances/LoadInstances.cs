using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Loads instances by their ids, and the database's instant with them. Ids that do not exist are left out.</summary>
/// <remarks>Takes no locks: commits are guarded by the revision.</remarks>
internal static class LoadInstances
{
    // Lateral with a limit: the only form that stays an index walk whatever the statistics say.
    private const string Sql = """
        select clock_timestamp(), i.*
        from unnest($1::uuid[]) wanted(id)
        cross join lateral (
          select id, definition_id, definition_version_id, version, status, correlation_id, name, parent_instance_id, parent_bookmark_id,
                 revision, created_at, updated_at, finished_at, is_stalled, open_incidents, state
          from instance
          where instance.id = wanted.id
          limit 1
        ) i
        """;

    public static async Task<Dictionary<Guid, WorkflowInstance>> ExecuteAsync(NpgsqlConnection connection, Guid[] ids, DatabaseClock clock, CancellationToken cancellationToken)
    {
        Dictionary<Guid, WorkflowInstance> found = new(ids.Length);
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuids(ids);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        bool isFirst = true;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (isFirst)
                clock.Observe(reader.Instant(0));
            isFirst = false;
            WorkflowInstance instance = InstanceRow.Read(reader, 1);
            found[instance.Id] = instance;
        }

        return found;
    }
}
