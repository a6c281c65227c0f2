using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>A file that the Studio lets people keep.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record DefinitionFile(string Name, string Type, byte[] Content);

/// <summary>Writes versions to files: one without mails and forms as JSON, others as a ZIP laid out like the workflows folder, with theirs.</summary>
internal sealed class DefinitionFiles(FlowsDatabase database, LiveCatalogue catalogue)
{
    /// <summary>Writes versions, perhaps with the published flows that use them.</summary>
    public async Task<DefinitionFile> WriteAsync(IReadOnlyList<DesignedVersion> versions, bool withConsumers, CancellationToken cancellationToken)
    {
        List<StoredDefinition> all = [.. versions.Select(version => version.Stored)];
        if (withConsumers)
        {
            string[] users = [.. versions.SelectMany(version => ConsumingFlows.AllOf(version.Stored.DefinitionId, catalogue.Current)).Select(user => user.Id).Distinct().Except(all.Select(one => one.Id))];
            all.AddRange(await LoadDefinitions.ExecuteAsync(database.Queries, users, cancellationToken));
        }

        Dictionary<string, IReadOnlyDictionary<string, byte[]>> texts = new(StringComparer.Ordinal);
        foreach (IGrouping<string, StoredDefinition> group in all.GroupBy(one => one.DefinitionId, StringComparer.Ordinal))
            texts[group.Key] = await ListAssets.ExecuteAsync(database.Queries, group.MaxBy(one => one.Version)!.Id, cancellationToken);
        if (all.Count > 1)
            return new("workflow-definitions.zip", "application/zip", await ZipAsync(versions, all, texts, cancellationToken));
        string name = FileName(all[0].DefinitionId);
        return texts[all[0].DefinitionId].Count == 0
            ? new($"{name}.json", "application/json", Text(all[0], IsLatest(versions, all[0])))
            : new($"{name}.zip", "application/zip", await ZipAsync(versions, all, texts, cancellationToken));
    }

    private static async Task<byte[]> ZipAsync(
        IReadOnlyList<DesignedVersion> versions, List<StoredDefinition> all, Dictionary<string, IReadOnlyDictionary<string, byte[]>> texts, CancellationToken cancellationToken)
    {
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (IGrouping<string, StoredDefinition> group in all.GroupBy(one => one.DefinitionId, StringComparer.Ordinal))
            {
                foreach (StoredDefinition stored in group)
                {
                    // Several versions of one definition lie side by side; the texts are those of the newest among them.
                    string name = FileName(stored.DefinitionId);
                    string suffix = group.Count() > 1 ? $"-v{stored.Version}" : "";
                    await AddAsync(archive, $"{name}/{name}{suffix}.json", Text(stored, IsLatest(versions, stored)), cancellationToken);
                }

                foreach ((string path, byte[] content) in texts[group.Key])
                    await AddAsync(archive, $"{FileName(group.Key)}/{path}", content, cancellationToken);
            }
        }

        return bytes.ToArray();
    }

    private static async Task AddAsync(ZipArchive archive, string path, byte[] content, CancellationToken cancellationToken)
    {
        ZipArchiveEntry entry = archive.CreateEntry(path);
        // The same content makes the same file.
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using Stream stream = entry.Open();
        await stream.WriteAsync(content, cancellationToken);
    }

    private static bool IsLatest(IReadOnlyList<DesignedVersion> versions, StoredDefinition stored) =>
        versions.FirstOrDefault(version => version.Stored.Id == stored.Id)?.IsLatest ?? stored.State == "published";

    /// <summary>Returns a version's text as a file: as it is stored, with its identity and with what the Studio's importer asks for.</summary>
    private static byte[] Text(StoredDefinition stored, bool isLatest)
    {
        JsonObject definition = DefinitionNodes.Parse(DefinitionText.WithIdentity(stored.Json, stored.Id, stored.Version, isLatest, stored.State == "published"));
        if (definition.TextOf("definitionId") is null)
            definition.Put("definitionId", stored.DefinitionId);
        if (definition.TextOf("name") is null)
            definition.Put("name", stored.Name ?? stored.DefinitionId);
        // The Studio's importer takes texts alone; for the engine both are the same.
        foreach (JsonObject variable in (definition.ListOf("variables") ?? []).OfType<JsonObject>())
        {
            if (variable.Member("value") is JsonValue value && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                variable.Put("value", value.ToJsonString());
        }

        return Encoding.UTF8.GetBytes(DefinitionNodes.Write(definition));
    }

    private static string FileName(string definitionId) =>
        string.Concat(definitionId.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
}
