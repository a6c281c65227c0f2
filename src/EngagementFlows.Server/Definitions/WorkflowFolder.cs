namespace EngagementFlows.Server.Definitions;

/// <summary>A process as it lies in a folder of its own: the definition and the texts that belong to it.</summary>
/// <param name="Path">The definition's file.</param>
/// <param name="Json">Its content.</param>
/// <param name="Assets">Mails, forms and files by their path below the folder, with slashes.</param>
internal sealed record ProcessFiles(string Path, byte[] Json, IReadOnlyDictionary<string, byte[]> Assets)
{
    /// <summary>Gets the id that the file's name promises.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}

/// <summary>Reads the folder of processes: <c>client-intake/client-intake.json</c>, <c>client-intake/mail/…</c>, <c>client-intake/forms/…</c>, <c>client-intake/files/…</c>.</summary>
internal static class WorkflowFolder
{
    /// <summary>Where the cases of a process lie, below its folder: they show what it does and are no part of it.</summary>
    public const string Cases = "cases/";

    // Beside the processes lies what the sample firm consists of.
    private const string Samples = "samples";

    private static readonly string[] AssetFolders = ["mail", "forms", "files"];

    /// <summary>Returns the processes in the order of their names; none if the folder does not exist.</summary>
    public static IReadOnlyList<ProcessFiles> Read(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder).Where(process => Path.GetFileName(process) != Samples).Order(StringComparer.Ordinal).SelectMany(ReadProcess)]
            : [];

    /// <summary>Returns the texts and files in the folders beside a definition's file.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static IReadOnlyDictionary<string, byte[]> AssetsBeside(string definitionFile) => ReadAssets(Path.GetDirectoryName(Path.GetFullPath(definitionFile))!);

    // A folder may hold several definitions (a process and its parts); they share the texts.
    private static IEnumerable<ProcessFiles> ReadProcess(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            return [];
        Dictionary<string, byte[]> assets = ReadAssets(folder);
        return files.Select(file => new ProcessFiles(file, File.ReadAllBytes(file), assets));
    }

    private static Dictionary<string, byte[]> ReadAssets(string folder)
    {
        Dictionary<string, byte[]> assets = new(StringComparer.Ordinal);
        foreach (string path in AssetFolders.Select(name => Path.Combine(folder, name)).Where(Directory.Exists)
            .SelectMany(below => Directory.EnumerateFiles(below, "*", SearchOption.AllDirectories)))
        {
            assets[Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')] = File.ReadAllBytes(path);
        }

        return assets;
    }
}
