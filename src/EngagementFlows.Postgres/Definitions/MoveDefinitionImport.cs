using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Keeps an uploaded file of definitions and what people decide about it. Runs in the caller's transaction.</summary>
/// <remarks>A decision is one guarded statement: of two clicks, tabs or people one wins and the other is told.</remarks>
public static class MoveDefinitionImport
{
    private const string InsertSql = """
        insert into definition_import (id, file_name, content, state, uploaded_at, uploaded_by, outcome)
        values ($1, $2, $3, case when $3::bytea is null then 'faulty' else 'previewed' end, now(), $4, $5)
        """;

    private const string EndSql = """
        update definition_import
        set state = $2, ended_at = now(), ended_by = $3, outcome = coalesce($4, outcome), content = null
        where id = $1 and (state = 'previewed' or (state = 'faulty' and $2 = 'cancelled'))
        """;

    /// <summary>Keeps a file with what it would do; without <paramref name="content"/> it is kept as its faults only.</summary>
    public static async Task InsertAsync(NpgsqlTransaction transaction, Guid id, string fileName, byte[]? content, string by, string outcome, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(InsertSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        command.Parameters.AddText(fileName);
        command.Parameters.AddBytes(content);
        command.Parameters.AddText(by);
        command.Parameters.AddJson(outcome);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Marks it as stored, with what it did; <see langword="false"/> = somebody has decided already, nothing may be committed.</summary>
    public static Task<bool> DoneAsync(NpgsqlTransaction transaction, Guid id, string by, string outcome, CancellationToken cancellationToken) =>
        EndAsync(transaction, id, "done", by, outcome, cancellationToken);

    /// <summary>Drops it; <see langword="false"/> = somebody has decided already.</summary>
    public static Task<bool> CancelAsync(NpgsqlTransaction transaction, Guid id, string by, CancellationToken cancellationToken) =>
        EndAsync(transaction, id, "cancelled", by, outcome: null, cancellationToken);

    private static async Task<bool> EndAsync(NpgsqlTransaction transaction, Guid id, string state, string by, string? outcome, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(EndSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        command.Parameters.AddText(state);
        command.Parameters.AddText(by);
        command.Parameters.AddJson(outcome);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
