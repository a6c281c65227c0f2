using System.Text.Json;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Api;
using Npgsql;

namespace EngagementFlows.Server.Definitions;

/// <summary>What becomes of one definition of an archive.</summary>
/// <param name="Path">Its file in the archive.</param>
/// <param name="DefinitionId">The definition, if it could be read.</param>
/// <param name="Outcome"><c>new, new-version, unchanged, older, refused</c>; <c>older</c> = left out, since the archive holds a newer version of the same definition.</param>
/// <param name="VersionId">The version that holds the content; <see langword="null"/> in a preview of what would be made, and for what is refused.</param>
/// <param name="Faults">What is wrong with it; faults block its publication.</param>
/// <param name="Texts">What is wrong with the mails and forms beside it.</param>
public sealed record ArchivedDefinition(
    string Path, string? DefinitionId, string Outcome, string? VersionId, IReadOnlyList<DefinitionFault> Faults, IReadOnlyList<TextFault> Texts);

/// <summary>What an archive came to, or would come to.</summary>
/// <param name="IsStored">Whether it is stored: not in a preview, and not if anything is refused.</param>
/// <param name="Definitions">Its definitions.</param>
/// <param name="Faults">What is wrong with the archive itself.</param>
internal sealed record ArchiveOutcome(bool IsStored, IReadOnlyList<ArchivedDefinition> Definitions, IReadOnlyList<ArchiveFault> Faults);

/// <summary>Stores the definitions of an archive as drafts, all or none; publishing them takes a second pair of eyes as ever.</summary>
internal sealed class DefinitionArchiveImport(FlowsDatabase database, DefinitionDesk desk, LiveCatalogue catalogue, ActivityCatalog activities)
{
    /// <summary>What becomes of a version of which the archive holds a newer one.</summary>
    public const string Older = "older";

    /// <summary>Reads the archive and stores it, or only tells what storing would do.</summary>
    /// <remarks>
    /// A preview does the same and rolls back, so that it cannot tell anything else. Of several versions of one definition the newest becomes the draft; the older ones are left out, and
    /// told: as drafts they would only be in the way of it.
    /// </remarks>
    /// <exception cref="BadHttpRequestException">A definition holds what is no text.</exception>
    /// <param name="file">The archive.</param>
    /// <param name="previewOnly">Whether nothing is to be stored.</param>
    /// <param name="by">Who imports.</param>
    /// <param name="alsoCommit">What is to be committed with it if it is stored; it is given the outcome.</param>
    /// <param name="cancellationToken">Ends the import; nothing is stored then.</param>
    public Task<ArchiveOutcome> ExecuteAsync(
        byte[] file, bool previewOnly, string by, Func<NpgsqlTransaction, ArchiveOutcome, Task> alsoCommit, CancellationToken cancellationToken) => ExecuteAsync(
            DefinitionArchive.Read(file), previewOnly, by,
            async (transaction, outcome) =>
            {
                await alsoCommit(transaction, outcome);
                return true;
            },
            cancellationToken);

    /// <summary>Stores what an archive holds, or only tells what storing would do.</summary>
    /// <param name="archive">What was read.</param>
    /// <param name="previewOnly">Whether nothing is to be stored.</param>
    /// <param name="by">Who imports.</param>
    /// <param name="mayCommit">What has the last word in the transaction, and may add to it; <see langword="false"/> = nothing is stored.</param>
    /// <param name="cancellationToken">Ends the import; nothing is stored then.</param>
    public async Task<ArchiveOutcome> ExecuteAsync(
        ArchiveReading archive, bool previewOnly, string by, Func<NpgsqlTransaction, ArchiveOutcome, Task<bool>> mayCommit, CancellationToken cancellationToken)
    {
        if (archive.Faults.Count > 0)
            return new(IsStored: false, [], archive.Faults);
        foreach (ProcessFiles process in archive.Processes)
            RequestBody.RefuseUnstorable(process.Json);
        List<(ProcessFiles Files, DefinitionReading Reading)> readings = [.. archive.Processes.Select(process => (process, DefinitionReader.Read(process.Json, activities)))];
        List<ArchiveFault> faults = TwiceIn(readings);
        HashSet<WorkflowDefinition> older = OlderIn(readings);
        DefinitionCatalogue together = DefinitionCatalogue.Create(
            activities, [.. catalogue.Current.All, .. readings.Select(one => one.Reading.Definition).OfType<WorkflowDefinition>().Except(older)], catalogue.Current.Settings);

        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        List<ArchivedDefinition> definitions = [];
        foreach ((ProcessFiles files, DefinitionReading reading) in readings)
        {
            definitions.Add(reading.Definition is { } one && older.Contains(one)
                ? new(files.Path, one.DefinitionId, Older, null, [], [])
                : await StoreAsync(transaction, files, reading, together, previewOnly, by, cancellationToken));
        }

        bool isStored = !previewOnly && faults.Count == 0 && definitions.TrueForAll(definition => definition.Outcome != "refused");
        ArchiveOutcome outcome = new(isStored, definitions, faults);
        if (isStored)
        {
            await AuditAsync(transaction, definitions, by, cancellationToken);
            if (!await mayCommit(transaction, outcome))
                return outcome with { IsStored = false };
            await transaction.CommitAsync(cancellationToken);
        }

        return outcome;
    }

    private async Task<ArchivedDefinition> StoreAsync(
        NpgsqlTransaction transaction, ProcessFiles files, DefinitionReading reading, DefinitionCatalogue together, bool previewOnly, string by, CancellationToken cancellationToken)
    {
        if (reading.Definition is not { } definition)
            return new(files.Path, null, "refused", null, reading.Refusals, []);
        bool isKnown = (await ListDefinitions.ExecuteAsync(database.Queries, definition.DefinitionId, onlyPublished: false, cancellationToken)).Count > 0;
        (string versionId, bool isNew) = await desk.StoreAsync(transaction, definition, files.Assets.Count == 0 ? null : files.Assets, by, cancellationToken);
        return new(
            files.Path, definition.DefinitionId, !isNew ? "unchanged" : isKnown ? "new-version" : "new", isNew && previewOnly ? null : versionId,
            DefinitionChecks.Of(definition, together, files.Assets.Count == 0 ? null : files.Assets), ProcessTexts.Validate(files.Assets));
    }

    // Each new version stands in its definition's chain; that they came together, and that the rest was there, stands here.
    private static Task AuditAsync(NpgsqlTransaction transaction, List<ArchivedDefinition> definitions, string by, CancellationToken cancellationToken) => AppendAudit.ExecuteAsync(
        transaction,
        new AuditEntry(
            AuditEntry.Administration, by, "DefinitionsImported", "definitions",
            JsonSerializer.Serialize(new { definitions = definitions.Select(one => new { one.DefinitionId, one.Outcome, one.VersionId }) }, JsonSerializerOptions.Web)),
        now: null,
        cancellationToken);

    private static HashSet<WorkflowDefinition> OlderIn(List<(ProcessFiles Files, DefinitionReading Reading)> readings) =>
    [
        .. readings.Select(one => one.Reading.Definition).OfType<WorkflowDefinition>()
            .GroupBy(one => one.DefinitionId, StringComparer.Ordinal)
            .SelectMany(group => group.Where(one => one.Version < group.Max(other => other.Version))),
    ];

    // Which of two files with one number is meant, nobody can tell.
    private static List<ArchiveFault> TwiceIn(List<(ProcessFiles Files, DefinitionReading Reading)> readings) =>
    [
        .. readings.Where(one => one.Reading.Definition is not null)
            .GroupBy(one => (Id: one.Reading.Definition!.DefinitionId, one.Reading.Definition.Version))
            .Where(group => group.Count() > 1)
            .Select(group => new ArchiveFault(
                group.First().Files.Path,
                $"Version {group.Key.Version} of the definition '{group.Key.Id}' stands in the archive {group.Count()} times: {string.Join(", ", group.Select(one => $"'{one.Files.Path}'"))}. Keep one of them.",
                $"流程定义“{group.Key.Id}”的第 {group.Key.Version} 版在压缩包中出现了 {group.Count()} 次：{string.Join("、", group.Select(one => $"“{one.Files.Path}”"))}。请只保留一个。")),
    ];
}
