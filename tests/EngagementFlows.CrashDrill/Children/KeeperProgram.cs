using System.Globalization;
using System.Runtime.InteropServices;

namespace EngagementFlows.CrashDrill.Children;

/// <summary>The process <c>keep</c>: notes what the drill starts, and clears it away when its input ends, which is when the drill has ended, however it did.</summary>
internal static class KeeperProgram
{
    /// <summary>The argument that makes the drill's program a keeper.</summary>
    public const string Role = "keep";

    public const string Process = "process";
    public const string Ended = "ended";
    public const string Postgres = "postgres";
    public const string Folder = "folder";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync()
    {
        // Neither Ctrl+C nor a kill of the drill's whole group shall reach it.
        _ = NativeNewSession();
        HashSet<int> processes = [];
        List<string> databases = [];
        List<string> folders = [];
        while (await Console.In.ReadLineAsync(CancellationToken.None) is { } line)
        {
            string[] words = line.Split(' ', 2);
            switch (words[0])
            {
                case Process:
                    processes.Add(Number(words[1]));
                    break;
                case Ended:
                    processes.Remove(Number(words[1]));
                    break;
                case Postgres:
                    databases.Add(words[1]);
                    break;
                case Folder:
                    folders.Add(words[1]);
                    break;
                default:
                    throw new InvalidOperationException($"The keeper does not know '{line}'.");
            }
        }

        foreach (int process in processes)
            ProcessSignals.SendKill(process);
        foreach (string database in databases)
            await StopAsync(database);
        foreach (string folder in folders)
            await RemoveAsync(folder);
        return 0;
    }

    /// <summary>Stops a PostgreSQL at once; unlike a kill this takes away its shared memory too.</summary>
    private static async Task StopAsync(string dataFolder)
    {
        string file = Path.Combine(dataFolder, "postmaster.pid");
        long began = TimeProvider.System.GetTimestamp();
        while (ReadProcess(file) is { } postmaster && ProcessSignals.Exists(postmaster))
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                ProcessSignals.SendKill(postmaster);
            else
                ProcessSignals.SendQuit(postmaster);
            await Task.Delay(Look, CancellationToken.None);
        }
    }

    private static int? ReadProcess(string file)
    {
        try
        {
            return Number(File.ReadLines(file).First());
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or FormatException or UnauthorizedAccessException)
        {
            // No PostgreSQL, or one that has not written its number yet: that one ends by itself when it finds its folder gone.
            return null;
        }
    }

    /// <summary>Removes a folder; a process that was killed may still have written into it for a moment.</summary>
    private static async Task RemoveAsync(string folder)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (Directory.Exists(folder))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Look, CancellationToken.None);
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [DllImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeNewSession();
}
