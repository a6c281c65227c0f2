using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Definitions;

/// <summary>Shows what becomes of the instances of older versions when a version goes live, and moves those that are chosen.</summary>
internal sealed class MigrationDesk(FlowsDatabase database, FlowsEngine engine, LiveCatalogue catalogue)
{
    /// <summary>The most instances that are judged at once, the oldest first.</summary>
    public const int Most = 2_000;

    /// <summary>Judges the living instances on other versions that the viewer may see; <see langword="null"/> if there is no such version, or it cannot be read.</summary>
    public async Task<MigrationPreview?> PreviewAsync(string versionId, Guid? viewer, CancellationToken cancellationToken)
    {
        // Another process may have made the version a moment ago.
        await catalogue.RefreshAsync(cancellationToken);
        if ((catalogue.Current.Version(versionId) ?? await ReadDrawnAsync(versionId, cancellationToken)) is not { } target)
            return null;
        IReadOnlyList<WorkflowInstance> instances = await ListInstancesToMove.ExecuteAsync(database.Queries, target.DefinitionId, versionId, viewer, Most + 1, cancellationToken);
        return new(target, [.. instances.Take(Most).Select(instance => Judge(instance, target))], instances.Count > Most);
    }

    /// <summary>Moves an instance in a transaction of its own, with a line in its journal and an entry in the audit.</summary>
    /// <returns>What became of it; refused if it cannot go on there as it is by now.</returns>
    public Task<StimulusResult> MoveAsync(WorkflowInstance instance, string versionId, string? reason, CurrentPerson caller, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        RequestRider audit = InstanceActs.Rider(
            key, InstanceActs.Ok, caller, "InstanceMoved", instance.CorrelationId, instance.DefinitionId, instance.Id, new { from = instance.DefinitionVersionId, to = versionId, reason });
        return engine.Gateway.SubmitAsync(new MoveRequested(instance.Id, versionId, reason, caller.Name), RequestRider.All(new MoveRider(), audit), cancellationToken);
    }

    // What is being drawn, or waits for consent, is in no catalogue: nothing runs on it yet.
    private async Task<WorkflowDefinition?> ReadDrawnAsync(string versionId, CancellationToken cancellationToken) =>
        await LoadDefinitions.ExecuteAsync(database.Queries, [versionId], cancellationToken) is [{ State: not "trial" } stored]
            ? DefinitionReader.Read(DefinitionText.WithIdentity(stored.Json, stored.Id, stored.Version, isLatest: false, isPublished: false), catalogue.Current.Activities).Definition
            : null;

    private MigrationCandidate Judge(WorkflowInstance instance, WorkflowDefinition target) => new(
        instance,
        catalogue.Current.Version(instance.DefinitionVersionId) is null
            ? []
            : [.. InstanceView.Of(catalogue.Current, instance).Executions.Where(execution => execution.Bookmarks.Count > 0 || execution.IncidentId is not null).Select(execution => execution.ActivityId).Distinct()],
        MoveDecision.Of(catalogue.Current, instance, target));
}

/// <summary>What becomes of the instances on older versions.</summary>
/// <param name="Target">The version.</param>
/// <param name="Instances">The instances, the oldest first.</param>
/// <param name="HasMore">Whether there are more than were judged.</param>
internal sealed record MigrationPreview(WorkflowDefinition Target, IReadOnlyList<MigrationCandidate> Instances, bool HasMore);

/// <summary>An instance on another version.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="StandsAt">The activities at which it waits, or failed.</param>
/// <param name="Decision">Whether it could go on in the version as it is.</param>
internal sealed record MigrationCandidate(WorkflowInstance Instance, IReadOnlyList<string> StandsAt, MoveDecision Decision);
