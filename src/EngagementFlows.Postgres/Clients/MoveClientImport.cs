using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>What people decide about an import that was previewed: confirm it or drop it. Runs in the caller's transaction.</summary>
/// <remarks>Each is one guarded statement: of two clicks, tabs or people one wins and the other is told.</remarks>
public static class MoveClientImport
{
    private const string ConfirmSql = """
        update client_import
        set state = 'queued', confirmed_at = now(), confirmed_by = $2, starts_flows = $3
        where id = $1 and state = 'previewed'
        """;

    // What the preview shows of the file goes with the file, here and wherever else an import ends: it holds people's addresses.
    private const string CancelSql = """
        update client_import
        set state = 'cancelled', ended_at = now(), content = null, preview = (preview::jsonb || '{"sample": [], "faults": []}')::json
        where id = $1 and state in ('previewed', 'faulty', 'queued')
        """;

    /// <summary>Puts the import into the queue of the workers; <see langword="false"/> = it is not waiting for that.</summary>
    public static async Task<bool> ConfirmAsync(NpgsqlTransaction transaction, Guid id, string by, bool startsFlows, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(ConfirmSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        command.Parameters.AddText(by);
        command.Parameters.AddBoolean(startsFlows);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Drops an import that has not begun; <see langword="false"/> = it has, or has ended.</summary>
    public static async Task<bool> CancelAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(CancelSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
