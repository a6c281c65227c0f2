using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Security;
using Npgsql;

namespace EngagementFlows.Server.Imports;

/// <summary>Takes files of clients in: upload and look, then confirm or drop. Each act is audited in its own commit.</summary>
internal sealed class ClientImportDesk(
    FlowsDatabase database, PreviewClients preview, ListClientImports list, ClientImportSignal signal, DatabaseClock clock)
{
    /// <summary>Keeps the file and what it would do; nothing is imported yet.</summary>
    public Task<ClientImportRow> UploadAsync(string? fileName, byte[] file, CurrentPerson by, CancellationToken cancellationToken) =>
        UploadAsync(fileName, file, by, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Keeps the file and what it would do, and commits with it what is given the import.</summary>
    public async Task<ClientImportRow> UploadAsync(
        string? fileName, byte[] file, CurrentPerson by, Func<NpgsqlTransaction, ClientImportRow, Task> alsoCommit, CancellationToken cancellationToken)
    {
        Guid id = TimeOrderedId.Create(clock.Now);
        ClientImportOutlook outlook = await preview.ExecuteAsync(file, clock.Now, cancellationToken);
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await InsertClientImport.ExecuteAsync(transaction, id, UploadedFile.NameOf(fileName, "clients.csv"), file, by.Name, ClientImportPreview.Of(outlook.Reading).ToJson(), outlook, cancellationToken);
        ClientImportRow import = await ListClientImports.FindAsync(transaction, id, cancellationToken)
            ?? throw new InvalidOperationException("EngagementFlows bug: an import that was just kept is not there.");
        await AuditAsync(transaction, by, "ClientImportUploaded", id, new { import.FileName, import.Lines, faults = import.FaultCount }, cancellationToken);
        await alsoCommit(transaction, import);
        await transaction.CommitAsync(cancellationToken);
        return import;
    }

    public Task<ClientImportRow?> FindAsync(Guid id, CancellationToken cancellationToken) => list.FindAsync(id, cancellationToken);

    public Task<ListPage<ClientImportRow>> PageAsync(string? after, int limit, CancellationToken cancellationToken) => list.PageAsync(after, limit, cancellationToken);

    public Task<IReadOnlyList<ClientImportRow>> ListAsync(CancellationToken cancellationToken) => list.ExecuteAsync(50, cancellationToken);

    /// <summary>Hands the import to the workers; <see langword="false"/> = somebody has decided about it already, or it has faults.</summary>
    public async Task<bool> ConfirmAsync(Guid id, CurrentPerson by, bool startsFlows, CancellationToken cancellationToken)
    {
        bool isConfirmed = await ActAsync(
            transaction => MoveClientImport.ConfirmAsync(transaction, id, by.Name, startsFlows, cancellationToken), by, "ClientImportConfirmed", id, new { startsFlows }, cancellationToken);
        if (isConfirmed)
            signal.Wake();
        return isConfirmed;
    }

    /// <summary>Drops an import that has not begun.</summary>
    public Task<bool> CancelAsync(Guid id, CurrentPerson by, CancellationToken cancellationToken) => ActAsync(
        transaction => MoveClientImport.CancelAsync(transaction, id, cancellationToken), by, "ClientImportCancelled", id, detail: null, cancellationToken);

    /// <summary>Returns the faults as a file for a spreadsheet.</summary>
    public static byte[] FaultsFile(ClientImportRow import) => CsvWriter.Write(
        ClientImportPreview.Read(import.Preview).Faults
            .Select(fault => (IReadOnlyList<string?>)[fault.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), fault.Column, fault.Message, fault.MessageZh])
            .Prepend(["line", "column", "fault", "问题"]));

    private async Task<bool> ActAsync(Func<NpgsqlTransaction, Task<bool>> act, CurrentPerson by, string name, Guid id, object? detail, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await act(transaction))
            return false;
        await AuditAsync(transaction, by, name, id, detail, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private static Task AuditAsync(NpgsqlTransaction transaction, CurrentPerson by, string name, Guid id, object? detail, CancellationToken cancellationToken) => AppendAudit.ExecuteAsync(
        transaction,
        new AuditEntry(AuditEntry.Administration, by.Caller, name, $"client-import/{id:D}", detail is null ? null : JsonSerializer.Serialize(detail, JsonSerializerOptions.Web)),
        now: null,
        cancellationToken);
}
