using Npgsql;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>Firings that wait for the end of the instance that their schedule started before.</summary>
internal static class QueuedFirings
{
    private const string ClaimSql = """
        select s.id, s.name, s.definition_id, s.event_name, s.input, s.correlation_id, s.for_each, s.stages, s.tiers, s.cadence, s.expression, s.zone, s.starts_at, s.ends_at, s.calendar,
               s.free_days, s.misfire, s.overlap, s.state, s.next_due_at, s.held_due_at, s.last_due_at, s.revision, s.created_at, s.created_by, s.changed_at, s.changed_by
        from recurring_schedule s
        where s.id in (select schedule_id from schedule_firing where state = 'queued')
          and s.state = 'active'
          and not exists (select 1 from instance i where i.id = s.last_instance_id and i.finished_at is null)
          and not exists (select 1 from inbox b where b.instance_id = s.last_instance_id and b.id = s.last_instance_id)
        limit $1
        for update skip locked
        """;

    // The oldest of each schedule; the others wait for its end in their turn.
    private const string FireSql = """
        with oldest as (
          select w.schedule_id, q.due_at, w.payload, firing_id(w.schedule_id, q.due_at, null) as made_id
          from unnest($1::uuid[], $2::json[]) w(schedule_id, payload)
          cross join lateral (select due_at from schedule_firing f where f.schedule_id = w.schedule_id and f.state = 'queued' order by f.due_at limit 1) q
        ), fired as (
          update schedule_firing f set state = 'fired', fired_at = $3, instance_id = o.made_id, started = 1
          from oldest o where f.schedule_id = o.schedule_id and f.due_at = o.due_at and f.state = 'queued'
          returning f.schedule_id, o.made_id, o.payload
        ), sent as (
          insert into inbox (instance_id, id, due_at, kind, payload, created_at)
          select made_id, made_id, $3, 'start', payload, $3 from fired
          on conflict (instance_id, id) do nothing
        ), kept as (
          update recurring_schedule s set last_instance_id = fired.made_id from fired where s.id = fired.schedule_id
        )
        select count(*) from fired
        """;

    /// <summary>Locks schedules whose oldest queued firing may begin.</summary>
    public static async Task<List<RecurringSchedule>> ClaimAsync(NpgsqlTransaction transaction, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(ClaimSql, transaction.Connection, transaction);
        command.Parameters.AddInteger(limit);
        return await ListSchedules.ReadAsync(command, cancellationToken);
    }

    /// <summary>Fires the oldest queued firing of each of the schedules; returns how many.</summary>
    public static async Task<long> FireAsync(NpgsqlTransaction transaction, IReadOnlyList<(Guid Id, string Payload)> schedules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(FireSql, transaction.Connection, transaction);
        command.Parameters.AddUuids([.. schedules.Select(schedule => schedule.Id)]);
        command.Parameters.AddJsons([.. schedules.Select(schedule => schedule.Payload)]);
        command.Parameters.AddInstant(now);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
