using System.Diagnostics;

namespace EngagementFlows.CrashDrill.Children;

/// <summary>A process of the drill: started, killed with -9, frozen, reaped. Its error output goes to a file.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _logging;

    private Child(Process process, Keeper keeper, string logFile)
    {
        _process = process;
        int id = process.Id;
        keeper.Keep(id);
        process.Exited += (_, _) => keeper.Forget(id);
        process.EnableRaisingEvents = true;
        _logging = CopyAsync(process.StandardError, logFile);
    }

    /// <summary>Gets the process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Gets whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Gets where its commands go; closing it tells the child that the drill is gone.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>Gets what it says.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>Starts a program of .NET in the drill's folder; it ends with the drill.</summary>
    /// <param name="place">The run's place.</param>
    /// <param name="assembly">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What is added to its environment.</param>
    /// <param name="name">The name of its log.</param>
    public static Child Start(DrillPlace place, string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string name)
    {
        ProcessStartInfo start = new("dotnet", [assembly, .. arguments])
        {
            WorkingDirectory = place.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A killed process would leave the sockets of its diagnostics in the temporary folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach ((string variable, string value) in environment)
            start.Environment[variable] = value;
        return new(Process.Start(start)!, place.Keeper, place.LogFile(name));
    }

    /// <summary>Kills it with -9 and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        ProcessSignals.SendKill(Id);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Kills it with -9 on the calling thread: what the caller holds back is held back until the process is gone.</summary>
    public void Kill()
    {
        ProcessSignals.SendKill(Id);
        _process.WaitForExit();
    }

    /// <summary>Waits for its own end and returns its exit code.</summary>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _logging;
        _process.Dispose();
    }

    private static async Task CopyAsync(StreamReader from, string file)
    {
        await using FileStream to = new(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        await from.BaseStream.CopyToAsync(to, CancellationToken.None);
    }
}
