using Npgsql;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>Records that a fact could not be served: it is tried again later, or parked for a person.</summary>
internal static class FailInboxRow
{
    private const string Sql = """
        update inbox
        set failures = failures + 1, error = $3, due_at = coalesce($4::timestamptz, 'infinity'), parked_at = case when $4 is null then $5::timestamptz end
        where instance_id = $1 and id = $2
        """;

    /// <param name="connection">The connection; no transaction is open.</param>
    /// <param name="row">The fact.</param>
    /// <param name="error">Why.</param>
    /// <param name="nextDueAt">When it is tried again; <see langword="null"/> = parked.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public static async Task ExecuteAsync(NpgsqlConnection connection, InboxRow row, string error, DateTimeOffset? nextDueAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(row.InstanceId);
        command.Parameters.AddUuid(row.Id);
        command.Parameters.AddText(error.Replace('\0', '\uFFFD'));
        command.Parameters.AddInstant(nextDueAt);
        command.Parameters.AddInstant(now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
