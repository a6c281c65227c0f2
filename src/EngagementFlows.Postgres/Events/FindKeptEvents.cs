using Npgsql;

namespace EngagementFlows.Postgres.Events;

/// <summary>Finds kept events that waits just committed may be waiting for.</summary>
internal static class FindKeptEvents
{
    private const string Sql = """
        select distinct e.id
        from unnest($1::text[], $2::text[], $3::uuid[]) b(key, correlation_id, instance_id)
        cross join lateral (
          select id from event
          where name = b.key and used_at is null and expires_at > $4 and (correlation_id is null or correlation_id = b.correlation_id)
            and (local_instance_id is null or local_instance_id = b.instance_id) and b.instance_id <> all (started_instances)
          order by published_at
          limit 1
        ) e
        """;

    public static async Task<List<Guid>> ExecuteAsync(
        NpgsqlConnection connection, string[] keys, string?[] correlations, Guid[] instances, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddTexts(keys);
        command.Parameters.AddTexts(correlations);
        command.Parameters.AddUuids(instances);
        command.Parameters.AddInstant(now);
        return await ReadIds.ExecuteAsync(command, cancellationToken);
    }
}
