using Npgsql;

namespace EngagementFlows.Postgres.Telemetry;

/// <summary>How long a queue is, and how old its oldest row.</summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="Length">The number of its rows.</param>
/// <param name="OldestAge">How long the oldest has waited since it was due; zero if there is none.</param>
public sealed record QueueReading(string Queue, long Length, TimeSpan OldestAge);

/// <summary>Reads the queues of the whole database, not of this process alone. Walks partial indexes of what waits; finished rows are not touched.</summary>
public sealed class ReadQueues(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select queue, length, greatest(extract(epoch from now() - oldest), 0)::double precision
        from (
          select 'inbox.due' as queue, count(*) as length, min(due_at) as oldest from inbox where due_at <= now()
          union all
          select 'inbox.parked', count(*), min(parked_at) from inbox where parked_at is not null
          union all
          select 'inbox.held', count(*), min(held_due_at) from inbox where held_due_at is not null
          union all
          select 'outbox.pending', count(*), min(due_at) from outbox where state = 'pending' and due_at <= now()
          union all
          select 'outbox.sending', count(*), min(created_at) from outbox where state in ('claimed', 'sending')
          union all
          select 'outbox.uncertain', count(*), min(ended_at) from outbox where state = 'uncertain'
          union all
          select 'outbox.held', count(*), min(created_at) from outbox where state = 'held'
          union all
          select 'events.kept', count(*), min(published_at) from event where used_at is null and expires_at > now()
          union all
          select 'incidents.open', count(*), min(opened_at) from incident where resolved_at is null
          union all
          -- Each half has an index of its own.
          select 'tasks.overdue', sum(length)::bigint, min(oldest)
          from (
            select count(*) as length, min(due_at) as oldest from task where state = 'open' and assignee_person_id is not null and due_at <= now()
            union all
            select count(*), min(due_at) from task where state = 'open' and assignee_role is not null and due_at <= now()
          ) task
        ) queues
        """;

    /// <summary>Returns a reading of each queue; blocks its thread, since measurements are asked for that way.</summary>
    public IReadOnlyList<QueueReading> Execute()
    {
        using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        using NpgsqlDataReader reader = command.ExecuteReader();
        List<QueueReading> readings = [];
        while (reader.Read())
            readings.Add(new(reader.GetString(0), reader.GetInt64(1), TimeSpan.FromSeconds(reader.IsDBNull(2) ? 0 : reader.GetDouble(2))));
        return readings;
    }
}
