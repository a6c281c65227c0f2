using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Events;

/// <summary>Stores an event in the caller's commit, with an inbox row for each wait that it reaches; reaching none, it is kept for a wait that may come.</summary>
/// <remarks>
/// The command's records affected are the waits reached; with none the event is kept. A wait that is being committed at the same moment is not seen here: after the commit the
/// event is offered again (<see cref="OfferEvent"/>), and the waiter looks for kept events too, so one of them sees the other.
/// </remarks>
internal static class DeliverEvent
{
    // Two statements and not one with "$n is null or": the plan of an event with a correlation must walk both columns of the index.
    private const string ToAll = """
        with matched as materialized (
          select instance_id, id from bookmark
          where key = $2 and ($3::text is null or correlation_id = $3) and name = 'Elsa.Event' and ($4::uuid is null or instance_id = $4)
        ), stored as (
          insert into event (id, name, correlation_id, local_instance_id, payload, published_at, expires_at, started_instances, used_at)
          select $1::uuid, $2, $3, $4, $5, $7::timestamptz, $8, $6, case when exists (select 1 from matched) then $7::timestamptz end
          on conflict (id) do nothing
          returning 1
        )
        insert into inbox (instance_id, id, due_at, kind, bookmark_id, payload, created_at)
        select m.instance_id, md5($1::text || m.id::text)::uuid, $7::timestamptz, 'resume', m.id, $5, $7::timestamptz from matched m
        where exists (select 1 from stored)
        """;

    private const string ToCorrelated = """
        with matched as materialized (
          select instance_id, id from bookmark
          where key = $2 and correlation_id = $3 and name = 'Elsa.Event' and ($4::uuid is null or instance_id = $4)
        ), stored as (
          insert into event (id, name, correlation_id, local_instance_id, payload, published_at, expires_at, started_instances, used_at)
          select $1::uuid, $2, $3, $4, $5, $7::timestamptz, $8, $6, case when exists (select 1 from matched) then $7::timestamptz end
          on conflict (id) do nothing
          returning 1
        )
        insert into inbox (instance_id, id, due_at, kind, bookmark_id, payload, created_at)
        select m.instance_id, md5($1::text || m.id::text)::uuid, $7::timestamptz, 'resume', m.id, $5, $7::timestamptz from matched m
        where exists (select 1 from stored)
        """;

    public static NpgsqlBatchCommand Create(EventPublished published, Guid[] startedInstances, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(published.CorrelationId is null ? ToAll : ToCorrelated);
        command.Parameters.AddUuid(published.EventId);
        command.Parameters.AddText(published.Name);
        command.Parameters.AddText(published.CorrelationId);
        command.Parameters.AddUuid(published.LocalInstanceId);
        command.Parameters.AddJson(PlainState.ToText(EventRouting.Input(published.Payload)));
        command.Parameters.AddUuids(startedInstances);
        command.Parameters.AddInstant(now);
        command.Parameters.AddInstant(now + EventRouting.EarlyEventLifetime);
        return command;
    }
}
