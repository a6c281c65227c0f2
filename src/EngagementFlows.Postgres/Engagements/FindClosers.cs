using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Engagements;

/// <summary>Finds, for instances of a commit that is being written, the engagements that close them to all but their readers.</summary>
internal static class FindClosers
{
    // A row for each name under which an instance or one above it is known; what is committed already is found by the ids.
    private const string Sql = """
        select w.instance, engagement_that_closes(w.known, coalesce(w.correlation, (select i.correlation_id from instance i where i.id = w.known)))
        from unnest($1::uuid[], $2::uuid[], $3::text[]) w(instance, known, correlation)
        """;

    /// <summary>Returns the engagement by instance; instances that are open are left out.</summary>
    public static async Task<Dictionary<Guid, Guid>> ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<WorkflowInstance> instances, IReadOnlyList<InstanceChange> changes, CancellationToken cancellationToken)
    {
        Dictionary<Guid, WorkflowInstance> here = changes.Select(change => change.Instance).DistinctBy(instance => instance.Id).ToDictionary(instance => instance.Id);
        (Guid Instance, Guid Known, string? Correlation)[] names = [.. instances.SelectMany(instance => NamesOf(instance, here))];
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuids([.. names.Select(name => name.Instance)]);
        command.Parameters.AddUuids([.. names.Select(name => name.Known)]);
        command.Parameters.AddTexts([.. names.Select(name => name.Correlation)]);
        Dictionary<Guid, Guid> closers = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.Uuid(1) is { } closer)
                closers[reader.GetGuid(0)] = closer;
        }

        return closers;
    }

    // A child that begins in this very commit is not stored yet, and perhaps its parent is not either.
    private static IEnumerable<(Guid Instance, Guid Known, string? Correlation)> NamesOf(WorkflowInstance instance, Dictionary<Guid, WorkflowInstance> here)
    {
        for (WorkflowInstance? at = instance; at is not null;)
        {
            yield return (instance.Id, at.Id, at.CorrelationId);
            if (at.ParentInstanceId is not { } parent)
                yield break;
            if (!here.TryGetValue(parent, out at))
                yield return (instance.Id, parent, null);
        }
    }
}
