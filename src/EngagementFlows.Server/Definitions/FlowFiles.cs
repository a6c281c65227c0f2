using System.Text;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Configuration;
using Npgsql;

namespace EngagementFlows.Server.Definitions;

/// <summary>How a published flow stands to its file in the workflows folder.</summary>
public enum FileState
{
    /// <summary>The file holds what is published.</summary>
    Same,

    /// <summary>The file holds something else: an older or a newer version, or none that was ever stored.</summary>
    Differs,

    /// <summary>There is no file.</summary>
    Missing,
}

/// <summary>What writing a flow into its folder came to.</summary>
/// <param name="DefinitionId">The flow.</param>
/// <param name="Version">The published version.</param>
/// <param name="Written">The files that were written, by their paths below the flow's folder; empty if all were the same.</param>
/// <param name="Extra">Files in the flow's folder that the version does not have; they are left where they are.</param>
internal sealed record FlowExport(string DefinitionId, int Version, IReadOnlyList<string> Written, IReadOnlyList<string> Extra);

/// <summary>Published flows as files, so that they live in a repository: compared with the workflows folder, and written back into it.</summary>
internal sealed class FlowFiles(NpgsqlDataSource database, ActivityCatalog activities, ServerOptions options)
{
    /// <summary>Returns for each published flow how its file stands to it.</summary>
    public async Task<IReadOnlyDictionary<string, FileState>> CompareAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> published = await ListPublishedHashes.ExecuteAsync(database, cancellationToken);
        Dictionary<string, string> inFiles = new(StringComparer.Ordinal);
        foreach (ProcessFiles files in WorkflowFolder.Read(options.WorkflowsFolder))
        {
            // A file that cannot be read as a definition differs from whatever is published under its name.
            inFiles[files.Name] = DefinitionReader.Read(files.Json, activities).Definition is { } definition ? DefinitionDesk.HashOf(definition, files.Assets) : "";
        }

        return published.ToDictionary(
            flow => flow.Key, flow => inFiles.TryGetValue(flow.Key, out string? hash) ? (hash == flow.Value ? FileState.Same : FileState.Differs) : FileState.Missing, StringComparer.Ordinal);
    }

    /// <summary>Writes a version with its mails, forms and files into the flow's folder.</summary>
    /// <param name="version">The version.</param>
    /// <param name="folder">The folder of flows; <see langword="null"/> = the configured one.</param>
    /// <param name="cancellationToken">Ends the work between two files.</param>
    /// <exception cref="IOException">A file cannot be written; those before it are.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    /// <exception cref="FlowFileException">The flow's id, or a path, is not fit for a file name.</exception>
    public async Task<FlowExport> WriteAsync(StoredDefinition version, string? folder, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, byte[]> assets = await ListAssets.ExecuteAsync(database, version.Id, cancellationToken);
        string home = Path.Combine(Path.GetFullPath(folder ?? options.WorkflowsFolder), FileName(version.DefinitionId));
        string main = $"{version.DefinitionId}.json";
        Dictionary<string, byte[]> files = new(assets, StringComparer.Ordinal);
        // A definition that differs in white space only keeps the file's own.
        if (!HoldsSame(Path.Combine(home, main), version))
            files.Add(main, Encoding.UTF8.GetBytes(version.Json.EndsWith('\n') ? version.Json : version.Json + "\n"));
        List<string> written = [];
        foreach ((string path, byte[] content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (await WriteAsync(Below(home, path), content, cancellationToken))
                written.Add(path);
        }

        return new(version.DefinitionId, version.Version, written, [.. WorkflowFolder.AssetsBeside(Path.Combine(home, main)).Keys.Where(path => !assets.ContainsKey(path)).Order(StringComparer.Ordinal)]);
    }

    private bool HoldsSame(string file, StoredDefinition version) =>
        File.Exists(file) && DefinitionReader.Read(File.ReadAllBytes(file), activities).Definition is { } there && there.ContentHash == DefinitionText.Hash(version.Json);

    // Whole or not at all: a reader never sees half a file.
    private static async Task<bool> WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        if (File.Exists(path) && (await File.ReadAllBytesAsync(path, cancellationToken)).AsSpan().SequenceEqual(content))
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string beside = path + ".new";
        await File.WriteAllBytesAsync(beside, content, cancellationToken);
        File.Move(beside, path, overwrite: true);
        return true;
    }

    private static string FileName(string definitionId) =>
        definitionId.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && definitionId[0] != '.' && definitionId is { Length: <= 100 }
            ? definitionId
            : throw new FlowFileException($"The flow's id '{definitionId}' is no fit name for a folder: it may have letters a to z, digits, '-', '_' and '.', at most 100. Save the flow under another id.");

    // What was imported once was checked; a path in the database is checked again before it becomes one on a disk.
    private static string Below(string home, string path)
    {
        string full = Path.GetFullPath(Path.Combine(home, path));
        return full.StartsWith(home + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new FlowFileException($"The path '{path}' leads out of the flow's folder.");
    }
}

/// <summary>A flow cannot be written as files; the message says why, for people.</summary>
/// <param name="message">What, and the way out.</param>
internal sealed class FlowFileException(string message) : Exception(message);
