using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Definitions;
using Npgsql;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>What became of a run that was asked for in the Studio.</summary>
/// <param name="InstanceId">The instance; <see langword="null"/> = it did not start.</param>
/// <param name="Refusal">Why it did not start, in the reader's language.</param>
internal sealed record RunAnswer(Guid? InstanceId, string? Refusal);

/// <summary>Runs flows from the Studio: a published version as it is, a draft as a snapshot that no later save changes.</summary>
/// <remarks>A run from the Studio has no engagement and must reach nobody; whoever wants to see a client's side rehearses.</remarks>
internal sealed class TrialRuns(FlowsDatabase database, FlowsEngine engine, LiveCatalogue catalogue, DatabaseClock clock)
{
    private const string OurActivities = "EngagementFlows.";
    private const string Mail = "Elsa.SendEmail";

    /// <summary>Starts an instance of a version.</summary>
    /// <param name="version">The version; of a draft a snapshot is made or found.</param>
    /// <param name="correlationId">The business key, or <see langword="null"/>.</param>
    /// <param name="triggerActivityId">The trigger at which it starts, or <see langword="null"/>.</param>
    /// <param name="input">The inputs by name.</param>
    /// <param name="designer">Who runs it.</param>
    /// <param name="cancellationToken">Ends the wait; whether it has started is then not known.</param>
    public async Task<RunAnswer> StartAsync(
        DesignedVersion version, string? correlationId, string? triggerActivityId, PlainObject input, Designer designer, CancellationToken cancellationToken)
    {
        StoredDefinition stored = version.Stored;
        bool isTrial = stored.State is "draft" or "submitted";
        DefinitionReading reading = DefinitionReader.Read(stored.Json, catalogue.Current.Activities);
        if (reading.Definition is not { } definition)
            return new(null, designer.Reader.Say(DesignTexts.NotReadable, reading.Refusals[0].In(designer.Reader.Language.Tag)));
        string[] types = [.. definition.Root.SelfAndDescendants().Select(node => node.TypeName).Distinct()];
        if ((isTrial || correlationId is null) && types.Any(type => type.StartsWith(OurActivities, StringComparison.Ordinal)))
            return new(null, designer.Reader.Say(DesignTexts.AboutEngagement));
        if (isTrial && types.Contains(Mail))
            return new(null, designer.Reader.Say(DesignTexts.SendsMail));

        // What came from a file never changes, and needs no snapshot.
        if ((isTrial && stored.IsDrawn ? await SnapshotAsync(stored, designer, cancellationToken) : stored.Id) is not { } versionId)
            return new(null, designer.Reader.Say(DesignTexts.ChangedMeanwhile));
        if (catalogue.Current.Version(versionId) is null)
            await catalogue.RefreshAsync(cancellationToken);
        StartRequested start = new(TimeOrderedId.Create(clock.Now), stored.DefinitionId)
        {
            DefinitionVersionId = versionId,
            CorrelationId = correlationId,
            TriggerActivityId = triggerActivityId,
            Input = input,
        };
        RequestRider audit = InstanceActs.Audit(designer.Person, isTrial ? "TrialStarted" : "InstanceStarted", correlationId, stored.DefinitionId, $"instance/{start.InstanceId:D}", new { versionId });
        StimulusResult result = await engine.Gateway.SubmitAsync(start, audit, cancellationToken);
        return result.Kind == TransitionKind.Applied && result.RefusedBy is null
            ? new(start.InstanceId, null)
            : new(null, result.Message ?? result.RefusedBy ?? designer.Reader.Say(DesignTexts.ChangedMeanwhile));
    }

    private async Task<string?> SnapshotAsync(StoredDefinition draft, Designer designer, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockDefinition.ExecuteAsync(transaction, draft.DefinitionId, cancellationToken);
        // It may have been saved since it was looked through.
        if (await ReadDesignedVersion.ByIdAsync(connection, draft.Id, cancellationToken) is not { } now || now.Stored.Revision != draft.Revision)
            return null;
        (string versionId, bool isNew) = await StoreTrial.ExecuteAsync(transaction, now.Stored, DefinitionLogic.Hash(now.Stored.Json), designer.Person.Caller, cancellationToken);
        if (isNew)
            await DefinitionDesk.AuditAsync(transaction, draft.DefinitionId, designer.Person.Caller, "TrialMade", versionId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return versionId;
    }
}
