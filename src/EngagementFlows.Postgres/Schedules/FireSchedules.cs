using Npgsql;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>Records firings that start one instance or publish one event each, with what they put into the inbox: one statement, however many they are.</summary>
/// <remarks>
/// Runs in the transaction that holds the schedules. A firing that is there already (same schedule, same instant) puts nothing into the inbox again.
/// </remarks>
internal static class FireSchedules
{
    // An event is stored as one that is kept for a while; the offer after the commit, or the sweep, brings it to those who wait.
    private const string Sql = """
        with wanted as materialized (
          select w.*, firing_id(w.schedule_id, w.due_at, null) as made_id
          from unnest($1::uuid[], $2::timestamptz[], $3::json[], $4::text[], $5::text[], $6::text[], $7::boolean[]) w(schedule_id, due_at, payload, event_name, correlation_id, overlap, is_first)
        ), decided as materialized (
          select w.*,
                 case when w.overlap = 'start' then 'fired'
                      when w.is_first
                           and not exists (select 1 from instance i where i.id = s.last_instance_id and i.finished_at is null)
                           and not exists (select 1 from inbox b where b.instance_id = s.last_instance_id and b.id = s.last_instance_id)
                           and not exists (select 1 from schedule_firing q where q.schedule_id = s.id and q.state in ('queued', 'held')) then 'fired'
                      when w.overlap = 'skip' then 'skipped'
                      else 'queued' end as decision
          from wanted w
          join recurring_schedule s on s.id = w.schedule_id
        ), stored as (
          insert into schedule_firing (schedule_id, due_at, state, fired_at, asked_by, instance_id, event_id, started)
          select schedule_id, due_at, decision, $8, $9, case when event_name is null and decision = 'fired' then made_id end, case when event_name is not null then made_id end,
                 case when event_name is null and decision = 'fired' then 1 else 0 end
          from decided
          order by schedule_id, due_at
          on conflict (schedule_id, due_at) do nothing
          returning schedule_id, due_at
        ), sent as (
          insert into inbox (instance_id, id, due_at, kind, payload, created_at)
          select d.made_id, d.made_id, $8, 'start', d.payload, $8
          from decided d join stored using (schedule_id, due_at)
          where d.decision = 'fired' and d.event_name is null
          on conflict (instance_id, id) do nothing
        ), published as (
          insert into event (id, name, correlation_id, payload, published_at, expires_at, started_instances)
          select d.made_id, d.event_name, d.correlation_id, d.payload, $8, $10, '{}'
          from decided d join stored using (schedule_id, due_at)
          where d.event_name is not null
          on conflict (id) do nothing
        )
        select d.schedule_id, d.due_at, d.decision, d.made_id, d.event_name is not null
        from decided d join stored using (schedule_id, due_at)
        order by d.schedule_id, d.due_at
        """;

    public static async Task<List<MadeFiring>> ExecuteAsync(
        NpgsqlTransaction transaction, IReadOnlyList<WantedFiring> firings, string? askedBy, DateTimeOffset now, DateTimeOffset eventsExpireAt, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuids([.. firings.Select(firing => firing.ScheduleId)]);
        command.Parameters.AddInstants([.. firings.Select(firing => firing.DueAt.UtcDateTime)]);
        command.Parameters.AddJsons([.. firings.Select(firing => firing.Payload)]);
        command.Parameters.AddTexts([.. firings.Select(firing => firing.EventName)]);
        command.Parameters.AddTexts([.. firings.Select(firing => firing.CorrelationId)]);
        command.Parameters.AddTexts([.. firings.Select(firing => firing.Overlap)]);
        command.Parameters.AddBooleans([.. firings.Select(firing => firing.IsFirst)]);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(askedBy);
        command.Parameters.AddInstant(eventsExpireAt);
        List<MadeFiring> made = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            made.Add(new(reader.GetGuid(0), reader.Instant(1), reader.GetString(2), reader.GetGuid(3), reader.GetBoolean(4)));
        return made;
    }
}

/// <summary>A firing of one instance or event that is to be recorded.</summary>
internal sealed record WantedFiring(Guid ScheduleId, DateTimeOffset DueAt, string Payload, string? EventName, string? CorrelationId, string Overlap, bool IsFirst);

/// <summary>A firing that was recorded now.</summary>
internal sealed record MadeFiring(Guid ScheduleId, DateTimeOffset DueAt, string State, Guid MadeId, bool IsEvent);
