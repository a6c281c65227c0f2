using System.Text.Encodings.Web;
using System.Text.Json;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Imports;
using EngagementFlows.Server.Security;
using Npgsql;

namespace EngagementFlows.Server.Definitions;

/// <summary>Takes files of definitions in, a JSON or a ZIP: upload and look, then store as drafts or drop. Each act is audited in its own commit.</summary>
internal sealed class DefinitionImportDesk(FlowsDatabase database, DefinitionArchiveImport import, ListDefinitionImports list, DatabaseClock clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Keeps the file and what it would do; no definition is stored yet.</summary>
    public async Task<Guid> UploadAsync(string? fileName, byte[] file, CurrentPerson by, CancellationToken cancellationToken)
    {
        string name = UploadedFile.NameOf(fileName, "definitions.json");
        ArchiveOutcome outlook = await RunAsync(Read(name, file), previewOnly: true, by, (_, _) => Task.FromResult(true), cancellationToken);
        Guid id = TimeOrderedId.Create(clock.Now);
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await MoveDefinitionImport.InsertAsync(transaction, id, name, IsFaulty(outlook) ? null : file, by.Name, JsonSerializer.Serialize(outlook, Json), cancellationToken);
        await AuditAsync(transaction, by, "DefinitionImportUploaded", id, new { fileName = name, definitions = outlook.Definitions.Count }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    public Task<DefinitionImportRow?> FindAsync(Guid id, CancellationToken cancellationToken) => list.FindAsync(id, cancellationToken);

    public Task<IReadOnlyList<DefinitionImportRow>> ListAsync(CancellationToken cancellationToken) => list.ExecuteAsync(50, cancellationToken);

    /// <summary>Stores the definitions as drafts; <see langword="null"/> = somebody has decided about them already, or the file has faults.</summary>
    /// <returns>What was stored; nothing of it if it is refused by now.</returns>
    public async Task<ArchiveOutcome?> ConfirmAsync(Guid id, CurrentPerson by, CancellationToken cancellationToken)
    {
        if (await list.FindAsync(id, cancellationToken) is not { } row || await list.ContentAsync(id, cancellationToken) is not { } file)
            return null;
        bool isMine = true;
        ArchiveOutcome outcome = await RunAsync(
            Read(row.FileName, file), previewOnly: false, by,
            async (transaction, done) =>
            {
                isMine = await MoveDefinitionImport.DoneAsync(transaction, id, by.Name, JsonSerializer.Serialize(done, Json), cancellationToken);
                if (isMine)
                    await AuditAsync(transaction, by, "DefinitionImportConfirmed", id, detail: null, cancellationToken);
                return isMine;
            },
            cancellationToken);
        return isMine ? outcome : null;
    }

    /// <summary>Drops the file; <see langword="false"/> = somebody has decided about it already.</summary>
    public async Task<bool> CancelAsync(Guid id, CurrentPerson by, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await MoveDefinitionImport.CancelAsync(transaction, id, by.Name, cancellationToken))
            return false;
        await AuditAsync(transaction, by, "DefinitionImportCancelled", id, detail: null, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Returns what an import would do or did.</summary>
    public static ArchiveOutcome OutcomeOf(DefinitionImportRow import) =>
        JsonSerializer.Deserialize<ArchiveOutcome>(import.Outcome, Json) ?? throw new InvalidOperationException("EngagementFlows bug: an outcome is stored as null.");

    private static bool IsFaulty(ArchiveOutcome outcome) => outcome.Faults.Count > 0 || outcome.Definitions.Any(definition => definition.Outcome == "refused");

    // A definition alone is an archive of one, without texts: it takes over those of its latest version.
    private static ArchiveReading Read(string name, byte[] file) =>
        DefinitionArchive.IsZip(file) ? DefinitionArchive.Read(file)
        : file.Length <= DefinitionArchive.MaxEntryBytes ? new([new ProcessFiles(name, file, new Dictionary<string, byte[]>())], [])
        : new([], [new(
            name, $"The file has {file.Length:N0} bytes; a definition may have {DefinitionArchive.MaxEntryBytes:N0}.",
            $"文件有 {file.Length:N0} 字节，流程定义的上限为 {DefinitionArchive.MaxEntryBytes:N0} 字节。")]);

    private async Task<ArchiveOutcome> RunAsync(
        ArchiveReading archive, bool previewOnly, CurrentPerson by, Func<NpgsqlTransaction, ArchiveOutcome, Task<bool>> mayCommit, CancellationToken cancellationToken)
    {
        try
        {
            return await import.ExecuteAsync(archive, previewOnly, by.Caller, mayCommit, cancellationToken);
        }
        catch (BadHttpRequestException unstorable)
        {
            return new(IsStored: false, [], [new(null, unstorable.Message, $"文件含有无法作为文本保存的内容：{unstorable.Message}")]);
        }
    }

    private static Task AuditAsync(NpgsqlTransaction transaction, CurrentPerson by, string name, Guid id, object? detail, CancellationToken cancellationToken) => AppendAudit.ExecuteAsync(
        transaction,
        new AuditEntry(AuditEntry.Administration, by.Caller, name, $"definition-import/{id:D}", detail is null ? null : JsonSerializer.Serialize(detail, Json)),
        now: null,
        cancellationToken);
}
