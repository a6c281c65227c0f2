using System.Collections.Concurrent;
using System.Diagnostics;

namespace EngagementFlows.CrashDrill.Children;

/// <summary>A process of the drill: started, killed with -9, frozen, reaped. Its error output goes to a file.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<int, Process> Living = new();

    private readonly Process _process;
    private readonly Task _logging;

    // The last net: an end of the drill that passes by its own order must leave nobody behind.
    static Child() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (int id in Living.Keys)
            ProcessSignals.SendKill(id);
    };

    private Child(Process process, string logFile)
    {
        _process = process;
        Living[process.Id] = process;
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

    /// <summary>Starts a program of .NET.</summary>
    public static Child Start(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string workingFolder, string logFile)
    {
        ProcessStartInfo start = new("dotnet", [assembly, .. arguments])
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A killed process would leave the sockets of its diagnostics in the temporary folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return new(Process.Start(start)!, logFile);
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
        Living.TryRemove(Id, out _);
        await _logging;
        _process.Dispose();
    }

    private static async Task CopyAsync(StreamReader from, string file)
    {
        await using FileStream to = new(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        await from.BaseStream.CopyToAsync(to, CancellationToken.None);
    }
}
