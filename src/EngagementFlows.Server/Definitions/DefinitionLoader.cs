using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Configuration;
using Npgsql;

namespace EngagementFlows.Server.Definitions;

/// <summary>Brings the processes of the workflows folder into the database when the server starts.</summary>
/// <remarks>
/// An empty database publishes them. Later a file whose content no stored version has becomes a submitted draft, for a second pair of eyes,
/// unless <c>EngagementFlows:Definitions:PublishFiles</c> says that files are reviewed already. Many processes may start at once: one loads, the others find it done.
/// </remarks>
internal sealed partial class DefinitionLoader(
    FlowsDatabase database, FlowsEngine engine, LiveCatalogue catalogue, ActivityCatalog activities, DefinitionDesk desk, ServerOptions options, ILogger<DefinitionLoader> logger)
{
    /// <summary>Who acts for the folder in the audit.</summary>
    public const string Actor = "files";

    /// <summary>Loads; a file that is refused or faulty is reported in the log and does not keep the others back.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await catalogue.RefreshAsync(cancellationToken);
        List<(ProcessFiles Files, WorkflowDefinition Definition)> readable = [.. WorkflowFolder.Read(options.WorkflowsFolder).SelectMany(Readable)];
        if (readable.Count > 0)
            await StoreAsync(readable, cancellationToken);
        await engine.DefinitionsChangedAsync(cancellationToken);
    }

    private IEnumerable<(ProcessFiles Files, WorkflowDefinition Definition)> Readable(ProcessFiles files)
    {
        DefinitionReading reading = DefinitionReader.Read(files.Json, activities);
        foreach (DefinitionFault refusal in reading.Refusals)
            Log.Refused(logger, files.Path, refusal.Message);
        if (reading.Definition is not { } definition)
            yield break;
        if (definition.DefinitionId != files.Name)
            Log.MisnamedFile(logger, files.Path, definition.DefinitionId);
        else
            yield return (files, definition);
    }

    private async Task StoreAsync(List<(ProcessFiles Files, WorkflowDefinition Definition)> processes, CancellationToken cancellationToken)
    {
        // Processes may use each other as activities: each is checked among all.
        DefinitionCatalogue together = DefinitionCatalogue.Create(
            activities, [.. catalogue.Current.All, .. processes.Select(process => process.Definition)], catalogue.Current.Settings);
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        bool isFirstTime = await BeginLoadingDefinitions.ExecuteAsync(transaction, cancellationToken);
        foreach ((ProcessFiles files, WorkflowDefinition definition) in processes)
        {
            (string versionId, bool isNew) = await desk.StoreAsync(transaction, definition, files.Assets, Actor, cancellationToken);
            if (!isNew)
                continue;
            DefinitionFault[] faults = [.. DefinitionChecks.Of(definition, together, files.Assets).Where(fault => fault.Severity != FaultSeverity.Warning)];
            foreach (DefinitionFault fault in faults)
                Log.Faulty(logger, files.Path, fault.ActivityId, fault.Message);
            await MoveOnAsync(transaction, definition, versionId, isFirstTime || options.Definitions.PublishFiles, faults.Length > 0, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task MoveOnAsync(
        NpgsqlTransaction transaction, WorkflowDefinition definition, string versionId, bool publishes, bool isFaulty, CancellationToken cancellationToken)
    {
        if (isFaulty)
        {
            Log.StaysDraft(logger, versionId);
        }
        else if (publishes)
        {
            await DefinitionDesk.PublishAsync(transaction, definition.DefinitionId, versionId, Actor, cancellationToken);
            Log.Published(logger, versionId);
        }
        else
        {
            await SubmitDefinition.ExecuteAsync(transaction, versionId, revision: 0, Actor, cancellationToken);
            await DefinitionDesk.AuditAsync(transaction, definition.DefinitionId, Actor, "DefinitionSubmitted", versionId, cancellationToken);
            Log.Submitted(logger, versionId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Path} is not imported: {Reason}")]
        public static partial void Refused(ILogger logger, string path, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Path} is not imported: its name must be its definition's id, {DefinitionId}. Rename one of them.")]
        public static partial void MisnamedFile(ILogger logger, string path, string definitionId);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Path}, activity {ActivityId}: {Fault}")]
        public static partial void Faulty(ILogger logger, string path, string? activityId, string fault);

        [LoggerMessage(Level = LogLevel.Error, Message = "Version {VersionId} has the faults above and stays a draft. Mend its file and start again.")]
        public static partial void StaysDraft(ILogger logger, string versionId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Version {VersionId} is published from its file.")]
        public static partial void Published(ILogger logger, string versionId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Version {VersionId} is new: its file has changed. It waits for publication by a second pair of eyes; EngagementFlows:Definitions:PublishFiles=true publishes files at once.")]
        public static partial void Submitted(ILogger logger, string versionId);
    }
}
