using System.Reflection;
using EngagementFlows.CrashDrill.Children;

namespace EngagementFlows.CrashDrill;

/// <summary>Where a run keeps what it needs: a folder below the machine's temporary one, removed at the end.</summary>
internal sealed class DrillPlace : IDisposable
{
    private const int MostWords = 4000;

    public DrillPlace()
    {
        Folder = Directory.CreateTempSubdirectory("engagementflows-drill-").FullName;
        // The user as whom PostgreSQL runs under root must reach its folder.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
        ServerAssembly = FindServer();
        Keeper = new Keeper(OwnAssembly);
        Keeper.KeepFolder(Folder);
    }

    /// <summary>Gets who clears up after the run, also when the drill is killed.</summary>
    public Keeper Keeper { get; }

    /// <summary>Gets the run's folder.</summary>
    public string Folder { get; }

    /// <summary>Gets the built server, in the configuration in which the drill was built.</summary>
    public string ServerAssembly { get; }

    /// <summary>Gets the folder of the drill's own flow.</summary>
    public static string Flows => Path.Combine(AppContext.BaseDirectory, "flows");

    /// <summary>Gets the folder of the flow that schedules start, for rounds that have some.</summary>
    public static string ScheduledFlows => Path.Combine(AppContext.BaseDirectory, "flows-scheduled");

    /// <summary>Gets the drill's own program, which is also the sink's.</summary>
    public static string OwnAssembly => Assembly.GetExecutingAssembly().Location;

    /// <summary>Returns the file of a process's error output.</summary>
    public string LogFile(string name) => Path.Combine(Folder, $"{name}.log");

    /// <summary>Returns the end of a process's error output.</summary>
    public string LastWords(string name)
    {
        if (!File.Exists(LogFile(name)))
            return "(no log)";
        using StreamReader reader = new(new FileStream(LogFile(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        string text = reader.ReadToEnd();
        return text.Length > MostWords ? text[^MostWords..] : text;
    }

    public void Dispose() => Keeper.Dispose();

    private static string FindServer()
    {
        DirectoryInfo output = new(AppContext.BaseDirectory);
        for (DirectoryInfo? at = output; at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "EngagementFlows.sln")))
                continue;
            string framework = output.Name;
            string configuration = output.Parent!.Name;
            return Path.Combine(at.FullName, "src", "EngagementFlows.Server", "bin", configuration, framework, "EngagementFlows.Server.dll");
        }

        throw new InvalidOperationException($"The drill runs the built server of its clone, but no folder above '{output.FullName}' holds EngagementFlows.sln. Run it from a clone.");
    }
}
