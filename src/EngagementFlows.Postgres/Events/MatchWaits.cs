using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Events;

/// <summary>Finds, for a batch of events, whether exactly one wait matches each, and loads its instance on the way.</summary>
internal static class MatchWaits
{
    // The limit of two tells "one" from "several" without walking all of them.
    private const string Correlated = """
        select e.n, b.id, i.*, clock_timestamp()
        from unnest($1::text[], $2::text[]) with ordinality e(key, correlation_id, n)
        cross join lateral (
          select instance_id, id from bookmark where key = e.key and correlation_id = e.correlation_id and name = 'Elsa.Event' limit 2
        ) b
        cross join lateral (
          select id, definition_id, definition_version_id, version, status, correlation_id, name, parent_instance_id, parent_bookmark_id,
                 revision, created_at, updated_at, finished_at, is_stalled, open_incidents, state
          from instance where instance.id = b.instance_id limit 1
        ) i
        """;

    /// <summary>Returns, for each event by its place, the waits found: none, one or two.</summary>
    public static async Task<List<(Guid BookmarkId, WorkflowInstance Instance)>[]> ExecuteAsync(
        NpgsqlConnection connection, string[] keys, string[] correlations, DatabaseClock clock, CancellationToken cancellationToken)
    {
        List<(Guid, WorkflowInstance)>[] found = new List<(Guid, WorkflowInstance)>[keys.Length];
        for (int i = 0; i < found.Length; i++)
            found[i] = [];
        await using NpgsqlCommand command = new(Correlated, connection);
        command.Parameters.AddTexts(keys);
        command.Parameters.AddTexts(correlations);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        bool isFirst = true;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (isFirst)
                clock.Observe(reader.Instant(18));
            isFirst = false;
            found[reader.GetInt64(0) - 1].Add((reader.GetGuid(1), InstanceRow.Read(reader, 2)));
        }

        return found;
    }
}
