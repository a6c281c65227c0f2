using Npgsql;

namespace EngagementFlows.Postgres.Events;

/// <summary>Gives a kept event to the waits that are there now, once.</summary>
/// <remarks>One transaction: publisher, waiter and sweep may offer at once; the row's lock lets one of them, and the others find it used.</remarks>
internal static class OfferEvent
{
    private const string Lock = "select 1 from event where id = $1 and used_at is null for update";

    // A statement of its own after the lock: its snapshot must be younger than the lock.
    private const string Sql = """
        with offered as (
          select id, name, correlation_id, local_instance_id, payload, started_instances
          from event where id = $1 and used_at is null and expires_at > $2
        ), resumed as (
          insert into inbox (instance_id, id, due_at, kind, bookmark_id, payload, created_at)
          select b.instance_id, md5(e.id::text || b.id::text)::uuid, $2, 'resume', b.id, e.payload, $2
          from offered e
          cross join lateral (
            select instance_id, id from bookmark
            where key = e.name and name = 'Elsa.Event' and (e.correlation_id is null or correlation_id = e.correlation_id)
              and (e.local_instance_id is null or instance_id = e.local_instance_id) and instance_id <> all (e.started_instances)
          ) b
          on conflict (instance_id, id) do nothing
          returning 1
        )
        update event set used_at = $2 where id = $1 and exists (select 1 from resumed)
        """;

    /// <summary>Returns whether it was taken now.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlConnection connection, Guid eventId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = new(connection);
        NpgsqlBatchCommand @lock = new(Lock);
        @lock.Parameters.AddUuid(eventId);
        batch.BatchCommands.Add(@lock);
        NpgsqlBatchCommand offer = new(Sql);
        offer.Parameters.AddUuid(eventId);
        offer.Parameters.AddInstant(now);
        batch.BatchCommands.Add(offer);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return offer.RecordsAffected > 0;
    }
}
