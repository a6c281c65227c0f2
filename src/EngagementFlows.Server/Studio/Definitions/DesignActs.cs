using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Definitions;
using Npgsql;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Publishes, takes back and deletes for the Studio, by the rules of the desk of definitions.</summary>
internal sealed class DesignActs(FlowsDatabase database, DesignDesk design, DefinitionDesk desk, FlowsEngine engine, ServerOptions options)
{
    /// <summary>Hands the newest version in for publication by somebody else, or publishes it where the firm wants no four eyes.</summary>
    /// <returns>The answer, and whether the version was published before already; <see langword="null"/> if there is no such definition.</returns>
    public async Task<(DesignAnswer Answer, bool WasPublished)?> PublishAsync(string definitionId, Designer designer, CancellationToken cancellationToken)
    {
        if (await LatestAsync(definitionId, cancellationToken) is not { } latest)
            return null;
        if (latest.Stored.State == "published")
            return (DesignAnswer.Of(latest, DesignNotice.Published), true);
        if (latest.Stored.State == "retired")
        {
            DesignAnswer again = await design.DraftOfRetiredAsync(definitionId, designer, cancellationToken);
            if (again.IsRefused)
                return (again, false);
            latest = again.Version!;
        }

        string by = designer.Person.Caller;
        DeskAnswer answer = !options.Definitions.FourEyes ? await desk.PublishAsync(latest.Stored.Id, by, cancellationToken)
            : latest.Stored.State == "submitted" ? new(DeskOutcome.Done)
            : await desk.SubmitAsync(latest.Stored.Id, by, cancellationToken);
        if (answer.Outcome != DeskOutcome.Done)
            return (DesignAnswer.Refused(WhyNot(answer, latest.Stored, designer.Reader)), false);
        return (DesignAnswer.Of((await LatestAsync(definitionId, cancellationToken))!, options.Definitions.FourEyes ? DesignNotice.Submitted : DesignNotice.Published), false);
    }

    /// <summary>Takes back what is published, or else what waits to be; <see langword="null"/> if there is no such definition.</summary>
    /// <returns>The newest version, as the Studio goes on with it.</returns>
    public async Task<DesignAnswer?> RetractAsync(string definitionId, Designer designer, CancellationToken cancellationToken)
    {
        if (await LatestAsync(definitionId, cancellationToken) is not { } latest)
            return null;
        DesignedVersion? wanted = await PublishedAsync(definitionId, cancellationToken) ?? (latest.Stored.State == "submitted" ? latest : null);
        if (wanted is null)
            return DesignAnswer.Refused(designer.Reader.Say(DesignTexts.NothingPublished));
        DeskAnswer answer = await desk.RetractAsync(wanted.Stored.Id, designer.Person.Caller, cancellationToken);
        return answer.Outcome == DeskOutcome.Done
            ? DesignAnswer.Of((await LatestAsync(definitionId, cancellationToken))!, DesignNotice.Retracted)
            : DesignAnswer.Refused(designer.Reader.Say(DesignTexts.ChangedMeanwhile));
    }

    /// <summary>Deletes all versions of a definition, or those of the ids: all of them, or none if one is needed.</summary>
    /// <returns>How many went, and why none did, in the reader's language.</returns>
    public async Task<(int Deleted, IReadOnlyList<string> Refusals)> DeleteAsync(string? definitionId, string[]? versionIds, Designer designer, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        IReadOnlyList<DeletableVersion> seen = await DeleteDefinitionVersions.LookAsync(connection, definitionId, versionIds, cancellationToken);
        if (seen.Count == 0)
            return (0, []);
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            foreach (string one in seen.Select(version => version.DefinitionId).Distinct().Order(StringComparer.Ordinal))
                await LockDefinition.ExecuteAsync(transaction, one, cancellationToken);
            IReadOnlyList<DeletableVersion> versions = await DeleteDefinitionVersions.LookAsync(connection, definitionId, versionIds, cancellationToken);
            string[] refusals = [.. versions.Where(version => !version.MayGo).Select(version =>
                designer.Reader.Say(version.IsPublished ? DesignTexts.IsPublished : DesignTexts.HasInstances, version.DefinitionId, version.Version))];
            if (refusals.Length > 0)
                return (0, refusals);
            foreach (DeletableVersion version in versions)
                await DefinitionDesk.AuditAsync(transaction, version.DefinitionId, designer.Person.Caller, "DefinitionDeleted", version.VersionId, cancellationToken);
            if (!await DeleteDefinitionVersions.ExecuteAsync(transaction, [.. versions.Select(version => version.VersionId)], cancellationToken))
                return (0, [designer.Reader.Say(DesignTexts.ChangedMeanwhile)]);
            await transaction.CommitAsync(cancellationToken);
            seen = versions;
        }

        await engine.DefinitionsChangedAsync(cancellationToken);
        return (seen.Count, []);
    }

    public Task<DesignedVersion?> LatestAsync(string definitionId, CancellationToken cancellationToken) =>
        ReadAsync(connection => ReadDesignedVersion.LatestAsync(connection, definitionId, cancellationToken), cancellationToken);

    public Task<DesignedVersion?> PublishedAsync(string definitionId, CancellationToken cancellationToken) =>
        ReadAsync(connection => ReadDesignedVersion.PublishedAsync(connection, definitionId, cancellationToken), cancellationToken);

    public Task<DesignedVersion?> ByIdAsync(string versionId, CancellationToken cancellationToken) =>
        ReadAsync(connection => ReadDesignedVersion.ByIdAsync(connection, versionId, cancellationToken), cancellationToken);

    /// <summary>Returns the version that the Studio's <c>versionOptions</c> name; nothing said = the newest.</summary>
    public Task<DesignedVersion?> FindAsync(string definitionId, string? versionOptions, CancellationToken cancellationToken) => ReadAsync(
        async connection => VersionOptions.Of(versionOptions) switch
        {
            { Version: { } version } => await ReadDesignedVersion.NumberedAsync(connection, definitionId, version, cancellationToken),
            { Only: VersionOptions.Published } => await ReadDesignedVersion.PublishedAsync(connection, definitionId, cancellationToken),
            { Only: VersionOptions.LatestOrPublished } => await ReadDesignedVersion.LatestAsync(connection, definitionId, cancellationToken),
            _ => await ReadDesignedVersion.LatestAsync(connection, definitionId, cancellationToken),
        },
        cancellationToken);

    private async Task<DesignedVersion?> ReadAsync(Func<NpgsqlConnection, Task<DesignedVersion?>> read, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        return await read(connection);
    }

    private string[] WhyNot(DeskAnswer answer, StoredDefinition stored, Reader reader) => answer.Outcome switch
    {
        DeskOutcome.OwnRequest => [reader.Say(DesignTexts.MayNotPublish)],
        DeskOutcome.Faulty => [.. Said(answer.Faults, new ActivityNames(desk.Read(stored), reader), reader).Select(fault => reader.Say(DesignTexts.NotPublished, fault))],
        _ => [reader.Say(DesignTexts.ChangedMeanwhile)],
    };

    private static IEnumerable<string> Said(IEnumerable<DefinitionFault> faults, ActivityNames names, Reader reader) =>
        faults.Select(fault => fault.ActivityId is { } id ? reader.Say(DesignTexts.AtActivity, names.Of(id), names.Say(fault)) : names.Say(fault));
}
