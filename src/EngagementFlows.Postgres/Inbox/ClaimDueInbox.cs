using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>Claims due facts, at most one per instance and the oldest of it, with their instances. The claim is a row lock: it ends with the caller's transaction.</summary>
internal static class ClaimDueInbox
{
    // The window's two ends keep rows that are very late apart from the others. An instance's facts are served in their order: a row is passed over
    // while an earlier one of its instance stands, whoever works on that. No lock on the instance: the commit is guarded by its revision.
    private const string Sql = """
        with due as materialized (
          select i.instance_id, i.id, i.due_at, i.kind, i.bookmark_id, i.payload, i.failures
          from inbox i
          where i.due_at > $1 and i.due_at <= coalesce($2, clock_timestamp())
            and not exists (
              select 1 from inbox earlier
              where earlier.instance_id = i.instance_id and earlier.due_at <= i.due_at and (earlier.due_at, earlier.id) < (i.due_at, i.id)
            )
          order by i.due_at, i.id
          limit $3
          for update of i skip locked
        )
        select due.*, i.*
        from due
        left join lateral (
          select id, definition_id, definition_version_id, version, status, correlation_id, name, parent_instance_id, parent_bookmark_id,
                 revision, created_at, updated_at, finished_at, is_stalled, open_incidents, state
          from instance where instance.id = due.instance_id limit 1
        ) i on true
        """;

    public static NpgsqlBatchCommand Create(DateTimeOffset after, DateTimeOffset? until, int limit)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddInstant(after);
        command.Parameters.AddInstant(until);
        command.Parameters.AddInteger(limit);
        return command;
    }

    public static async Task ReadAsync(NpgsqlDataReader reader, List<ClaimedRow> into, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            InboxRow row = new(reader.GetGuid(0), reader.GetGuid(1), reader.Instant(2), reader.GetString(3), reader.Uuid(4), reader.Text(5));
            into.Add(new(row, reader.GetInt32(6), reader.IsDBNull(7) ? null : InstanceRow.Read(reader, 7)));
        }
    }
}

/// <summary>A claimed fact with its instance.</summary>
internal sealed record ClaimedRow(InboxRow Row, int Failures, WorkflowInstance? Instance);
