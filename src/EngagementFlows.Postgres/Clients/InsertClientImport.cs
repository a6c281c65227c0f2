using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Keeps an uploaded file with its preview. Runs in the caller's transaction.</summary>
public static class InsertClientImport
{
    private const string Sql = """
        insert into client_import (id, file_name, content, state, uploaded_at, uploaded_by, preview, lines, made, changed, same, fault_count)
        values ($1, $2, $3, case when $10 = 0 then 'previewed' else 'faulty' end, now(), $4, $5, $6, $7, $8, $9, $10)
        """;

    /// <summary>Inserts; a file with faults is kept only as its faults.</summary>
    public static async Task ExecuteAsync(
        NpgsqlTransaction transaction, Guid id, string fileName, byte[] content, string by, string preview, ClientImportOutlook outlook, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        command.Parameters.AddText(fileName);
        command.Parameters.AddBytes(outlook.Reading.Faults.Count == 0 ? content : null);
        command.Parameters.AddText(by);
        command.Parameters.AddJson(preview);
        command.Parameters.AddInteger(outlook.Reading.Lines);
        command.Parameters.AddInteger(outlook.Made);
        command.Parameters.AddInteger(outlook.Changed);
        command.Parameters.AddInteger(outlook.Same);
        command.Parameters.AddInteger(outlook.Reading.Faults.Count);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
