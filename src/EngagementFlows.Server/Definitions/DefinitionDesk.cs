using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Configuration;
using Npgsql;

namespace EngagementFlows.Server.Definitions;

/// <summary>What people and files may do with definitions: import, submit, publish with four eyes. Each act is audited in its own commit.</summary>
internal sealed class DefinitionDesk(FlowsDatabase database, FlowsEngine engine, LiveCatalogue catalogue, ActivityCatalog activities, ServerOptions options)
{
    /// <summary>Reads a definition and finds all that is wrong with it, among the definitions that are stored.</summary>
    /// <param name="json">The definition's text.</param>
    /// <param name="assets">The mails, forms and files of its process; <see langword="null"/> if they are not known: then nothing is said about them.</param>
    public (WorkflowDefinition? Definition, IReadOnlyList<DefinitionFault> Faults) Check(ReadOnlySpan<byte> json, IReadOnlyDictionary<string, byte[]>? assets = null)
    {
        DefinitionReading reading = DefinitionReader.Read(json, activities);
        return reading.Definition is { } definition
            ? (definition, DefinitionChecks.Of(definition, catalogue.Current, assets))
            : (null, reading.Refusals);
    }

    /// <summary>Returns a stored version as it is read; <see langword="null"/> if it cannot be.</summary>
    public WorkflowDefinition? Read(StoredDefinition stored) => DefinitionReader.Read(stored.Json, activities).Definition;

    /// <summary>Checks a definition that comes without its mails and forms: with those of its latest stored version, which it would take over.</summary>
    public async Task<(WorkflowDefinition? Definition, IReadOnlyList<DefinitionFault> Faults)> CheckBesideLatestAsync(byte[] json, CancellationToken cancellationToken)
    {
        (WorkflowDefinition? definition, IReadOnlyList<DefinitionFault> faults) = Check(json);
        if (definition is null)
            return (definition, faults);
        IReadOnlyDictionary<string, byte[]> assets = await AssetsOfLatestAsync(definition.DefinitionId, cancellationToken);
        return assets.Count == 0 ? (definition, faults) : Check(json, assets);
    }

    /// <summary>Stores a definition as a draft, unless a version with that content exists; runs in the caller's transaction.</summary>
    /// <remarks>Without assets (mails and forms) it takes over those of the latest version.</remarks>
    public async Task<(string VersionId, bool IsNew)> StoreAsync(
        NpgsqlTransaction transaction, WorkflowDefinition definition, IReadOnlyDictionary<string, byte[]>? assets, string by, CancellationToken cancellationToken)
    {
        assets ??= await AssetsOfLatestAsync(definition.DefinitionId, cancellationToken);
        (string versionId, bool isNew) = await StoreDefinition.ExecuteAsync(
            transaction, definition, HashOf(definition, assets), assets, by, now: null, cancellationToken);
        if (isNew)
            await AuditAsync(transaction, definition.DefinitionId, by, "DefinitionImported", versionId, cancellationToken);
        return (versionId, isNew);
    }

    /// <summary>Asks for a draft's publication by somebody else.</summary>
    public async Task<DeskAnswer> SubmitAsync(string versionId, string by, CancellationToken cancellationToken)
    {
        if (await FindAsync(versionId, cancellationToken) is not { } stored)
            return new(DeskOutcome.Unknown);
        if (await BlockingFaultsAsync(stored, cancellationToken) is { Count: > 0 } faults)
            return new(DeskOutcome.Faulty, faults);
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await SubmitDefinition.ExecuteAsync(transaction, versionId, stored.Revision, by, cancellationToken))
            return new(DeskOutcome.WrongState);
        await AuditAsync(transaction, stored.DefinitionId, by, "DefinitionSubmitted", versionId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(DeskOutcome.Done);
    }

    /// <summary>Publishes a version that somebody else imported or drew, and submitted. Where the firm has switched four eyes off, one pair is enough, for a draft as well.</summary>
    public async Task<DeskAnswer> PublishAsync(string versionId, string by, CancellationToken cancellationToken)
    {
        if (await FindAsync(versionId, cancellationToken) is not { } stored)
            return new(DeskOutcome.Unknown);
        bool fourEyes = options.Definitions.FourEyes;
        if (stored.State is not ("submitted" or "retired") && (fourEyes || stored.State != "draft"))
            return new(DeskOutcome.WrongState);
        if (fourEyes && (by == stored.CreatedBy || by == stored.SubmittedBy || stored.Authors.Contains(by)))
            return new(DeskOutcome.OwnRequest);
        if (await BlockingFaultsAsync(stored, cancellationToken) is { Count: > 0 } faults)
            return new(DeskOutcome.Faulty, faults);
        await using (NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await PublishDefinition.ExecuteAsync(transaction, versionId, (stored.State, stored.Revision), by, now: null, cancellationToken))
                return new(DeskOutcome.WrongState);
            // Who reads the chain later sees under which rule it went live.
            await AuditAsync(transaction, stored.DefinitionId, by, "DefinitionPublished", versionId, cancellationToken, fourEyes ? null : """{"fourEyes":false}""");
            await transaction.CommitAsync(cancellationToken);
        }

        await engine.DefinitionsChangedAsync(cancellationToken);
        return new(DeskOutcome.Done);
    }

    /// <summary>Takes a version back: a submitted one is a draft again, a published one is retired. One pair of eyes is enough to stop something.</summary>
    public async Task<DeskAnswer> RetractAsync(string versionId, string by, CancellationToken cancellationToken)
    {
        if (await FindAsync(versionId, cancellationToken) is not { } stored)
            return new(DeskOutcome.Unknown);
        await using (NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            await LockDefinition.ExecuteAsync(transaction, stored.DefinitionId, cancellationToken);
            if (!await RetractDefinition.ExecuteAsync(transaction, versionId, cancellationToken))
                return new(DeskOutcome.WrongState);
            await AuditAsync(transaction, stored.DefinitionId, by, "DefinitionRetracted", versionId, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await engine.DefinitionsChangedAsync(cancellationToken);
        return new(DeskOutcome.Done);
    }

    /// <summary>Gives a submitted version back to its author, who reads the comment with his draft.</summary>
    public async Task<DeskAnswer> ReturnAsync(string versionId, string by, string comment, CancellationToken cancellationToken)
    {
        if (await FindAsync(versionId, cancellationToken) is not { } stored)
            return new(DeskOutcome.Unknown);
        if (by == stored.CreatedBy || by == stored.SubmittedBy || stored.Authors.Contains(by))
            return new(DeskOutcome.OwnRequest);
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockDefinition.ExecuteAsync(transaction, stored.DefinitionId, cancellationToken);
        if (!await ReturnDefinition.ExecuteAsync(transaction, versionId, by, comment, cancellationToken))
            return new(DeskOutcome.WrongState);
        await AuditAsync(transaction, stored.DefinitionId, by, "DefinitionReturned", versionId, cancellationToken, JsonSerializer.Serialize(new { comment }));
        await transaction.CommitAsync(cancellationToken);
        await engine.DefinitionsChangedAsync(cancellationToken);
        return new(DeskOutcome.Done);
    }

    /// <summary>Notes that a version was written into the workflows folder, and which files.</summary>
    public async Task NoteExportAsync(StoredDefinition version, string by, FlowExport export, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AuditAsync(transaction, version.DefinitionId, by, "DefinitionExported", version.Id, cancellationToken, JsonSerializer.Serialize(new { written = export.Written }));
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Publishes within the caller's transaction, without asking for four eyes; the caller tells the engine afterwards.</summary>
    public static async Task<bool> PublishAsync(
        NpgsqlTransaction transaction, string definitionId, string versionId, string by, CancellationToken cancellationToken)
    {
        if (!await PublishDefinition.ExecuteAsync(transaction, versionId, by, now: null, cancellationToken))
            return false;
        await AuditAsync(transaction, definitionId, by, "DefinitionPublished", versionId, cancellationToken);
        return true;
    }

    /// <summary>Returns a stored version, or <see langword="null"/>.</summary>
    public async Task<StoredDefinition?> FindAsync(string versionId, CancellationToken cancellationToken) =>
        (await LoadDefinitions.ExecuteAsync(database.Queries, [versionId], cancellationToken)).SingleOrDefault();

    internal static Task AuditAsync(
        NpgsqlTransaction transaction, string definitionId, string by, string act, string versionId, CancellationToken cancellationToken, string? detail = null) =>
        AppendAudit.ExecuteAsync(transaction, new AuditEntry($"definition/{definitionId}", by, act, $"version/{versionId}", detail), now: null, cancellationToken);

    /// <summary>Returns what keeps a version from being published.</summary>
    public async Task<List<DefinitionFault>> BlockingFaultsAsync(StoredDefinition stored, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, byte[]> assets = await ListAssets.ExecuteAsync(database.Queries, stored.Id, cancellationToken);
        (_, IReadOnlyList<DefinitionFault> faults) = Check(Encoding.UTF8.GetBytes(stored.Json), assets);
        return [.. faults.Where(fault => fault.Severity != FaultSeverity.Warning)];
    }

    private async Task<IReadOnlyDictionary<string, byte[]>> AssetsOfLatestAsync(string definitionId, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredDefinition> versions = await ListDefinitions.ExecuteAsync(database.Queries, definitionId, onlyPublished: false, cancellationToken);
        return versions.Count == 0
            ? new Dictionary<string, byte[]>()
            : await ListAssets.ExecuteAsync(database.Queries, versions[0].Id, cancellationToken);
    }

    /// <summary>Returns the hash of a definition with what belongs to it. A changed mail is a changed process: what a client reads is decided by both.</summary>
    public static string HashOf(WorkflowDefinition definition, IReadOnlyDictionary<string, byte[]> assets)
    {
        if (assets.Keys.All(path => path.StartsWith(WorkflowFolder.Cases, StringComparison.Ordinal)))
            return definition.ContentHash;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(definition.ContentHash));
        // Cases that were kept show what it does, and are no part of it.
        foreach ((string path, byte[] content) in assets.Where(asset => !asset.Key.StartsWith(WorkflowFolder.Cases, StringComparison.Ordinal)).OrderBy(asset => asset.Key, StringComparer.Ordinal))
        {
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>What an act on a version came to.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Faults">What blocks it; empty unless the outcome is <see cref="DeskOutcome.Faulty"/>.</param>
internal sealed record DeskAnswer(DeskOutcome Outcome, IReadOnlyList<DefinitionFault> Faults)
{
    public DeskAnswer(DeskOutcome outcome)
        : this(outcome, [])
    {
    }
}

/// <summary>The outcomes of acts on a version.</summary>
internal enum DeskOutcome
{
    /// <summary>It is committed.</summary>
    Done,

    /// <summary>There is no such version.</summary>
    Unknown,

    /// <summary>The version is not in a state that allows the act.</summary>
    WrongState,

    /// <summary>The person imported, drew or submitted it himself: four eyes are needed.</summary>
    OwnRequest,

    /// <summary>Faults block it.</summary>
    Faulty,
}
