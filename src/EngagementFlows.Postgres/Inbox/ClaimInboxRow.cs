using Npgsql;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>Claims one fact by its key, after the group that it was in could not be committed.</summary>
internal static class ClaimInboxRow
{
    private const string Sql = """
        with due as materialized (
          select instance_id, id, due_at, kind, bookmark_id, payload, failures
          from inbox
          where instance_id = $1 and id = $2 and due_at <> 'infinity'
          for update skip locked
        )
        select due.*, i.*
        from due
        left join lateral (
          select id, definition_id, definition_version_id, version, status, correlation_id, name, parent_instance_id, parent_bookmark_id,
                 revision, created_at, updated_at, finished_at, is_stalled, open_incidents, state
          from instance where instance.id = due.instance_id limit 1
        ) i on true
        """;

    public static async Task<ClaimedRow?> ExecuteAsync(NpgsqlConnection connection, InboxRow row, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(row.InstanceId);
        command.Parameters.AddUuid(row.Id);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<ClaimedRow> claimed = [];
        await ClaimDueInbox.ReadAsync(reader, claimed, cancellationToken);
        return claimed.Count == 0 ? null : claimed[0];
    }
}
