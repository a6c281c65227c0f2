using System.Diagnostics;

namespace EngagementFlows.AcceptanceTests;

/// <summary>The built crash drill as a process, with a temporary folder of its own in which it must leave nothing.</summary>
internal sealed class CrashDrillProgram : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _account = [];
    private readonly TaskCompletionSource _attacking = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CrashDrillProgram(string folder, string[] arguments)
    {
        Folder = folder;
        ProcessStartInfo start = new("dotnet", [Assembly(), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = folder;
        // A killed process would leave the sockets of its diagnostics there.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
    }

    /// <summary>Gets the only folder in which it may write.</summary>
    public string Folder { get; }

    /// <summary>Gets a task that ends when the drill has begun to attack.</summary>
    public Task Attacking => _attacking.Task;

    /// <summary>Starts the drill.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public static CrashDrillProgram Start(params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("ef-").FullName;
        // The user as whom PostgreSQL runs under root must reach it.
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        return new(folder, arguments);
    }

    /// <summary>Interrupts it as Ctrl+C does.</summary>
    public async Task InterruptAsync()
    {
        using Process interrupt = Process.Start("kill", ["-INT", _process.Id.ToString()]);
        await interrupt.WaitForExitAsync();
    }

    /// <summary>Kills it with -9, it alone.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end, and that of whoever still holds its output; returns exit code, standard output and the account on standard error.</summary>
    public async Task<(int ExitCode, string Output, string Account)> EndAsync()
    {
        string output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        lock (_account)
            return (_process.ExitCode, output, string.Join('\n', _account));
    }

    /// <summary>Lists processes that still name the folder.</summary>
    public IReadOnlyList<string> LeftProcesses() => OperatingSystem.IsLinux()
        ? [.. Directory.EnumerateDirectories("/proc").Where(process => char.IsAsciiDigit(Path.GetFileName(process)[0])).Select(CommandLine).Where(line => line.Contains(Folder, StringComparison.Ordinal))]
        : [];

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Note(string? line)
    {
        if (line is null)
            return;
        lock (_account)
            _account.Add(line);
        if (line.Contains("Kill", StringComparison.Ordinal))
            _attacking.TrySetResult();
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Ended at this moment.
            return "";
        }
    }

    private static string Assembly()
    {
        DirectoryInfo output = new(AppContext.BaseDirectory);
        DirectoryInfo at = output;
        while (!File.Exists(Path.Combine(at.FullName, "EngagementFlows.sln")))
            at = at.Parent!;
        return Path.Combine(at.FullName, "tests", "EngagementFlows.CrashDrill", "bin", output.Parent!.Name, output.Name, "EngagementFlows.CrashDrill.dll");
    }
}
