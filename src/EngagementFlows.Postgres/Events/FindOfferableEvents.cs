using Npgsql;

namespace EngagementFlows.Postgres.Events;

/// <summary>Finds kept events for which a wait stands: publisher or waiter died between their commit and their look.</summary>
internal static class FindOfferableEvents
{
    private const string Sql = """
        select e.id
        from event e
        where e.used_at is null and e.expires_at > $1
          and exists (
            select 1 from bookmark b
            where b.key = e.name and b.name = 'Elsa.Event' and (e.correlation_id is null or b.correlation_id = e.correlation_id)
              and (e.local_instance_id is null or b.instance_id = e.local_instance_id) and b.instance_id <> all (e.started_instances)
          )
        limit 1000
        """;

    public static async Task<List<Guid>> ExecuteAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddInstant(now);
        return await ReadIds.ExecuteAsync(command, cancellationToken);
    }
}
