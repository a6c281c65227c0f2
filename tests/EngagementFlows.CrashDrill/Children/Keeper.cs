using System.Diagnostics;
using System.Globalization;

namespace EngagementFlows.CrashDrill.Children;

/// <summary>The drill's end of the keeper: a process of its own that outlives the drill for as long as it takes to end whatever the drill started, and to remove its folders.</summary>
/// <remarks>Whoever kills the drill, by -9 too, closes the keeper's input; its end is the keeper's order to clear up. Safe for use by many threads.</remarks>
internal sealed class Keeper : IDisposable
{
    private readonly Process _process;
    private readonly Lock _lock = new();
    private bool _isClosed;

    public Keeper(string ownAssembly)
    {
        ProcessStartInfo start = new("dotnet", [ownAssembly, KeeperProgram.Role]) { RedirectStandardInput = true };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start)!;
    }

    /// <summary>Has a process killed at the end.</summary>
    public void Keep(int processId) => Say(KeeperProgram.Process, processId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Forgets a process that has ended: its number may be somebody else's soon.</summary>
    public void Forget(int processId) => Say(KeeperProgram.Ended, processId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Has the PostgreSQL in a data folder stopped at the end, if one runs there then.</summary>
    public void KeepPostgres(string dataFolder) => Say(KeeperProgram.Postgres, dataFolder);

    /// <summary>Has a folder removed at the end.</summary>
    public void KeepFolder(string folder) => Say(KeeperProgram.Folder, folder);

    /// <summary>Gives the order to clear up and waits until that is done.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _process.StandardInput.Close();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private void Say(string what, string which)
    {
        lock (_lock)
        {
            // A child whose end is noticed late has nothing to be forgotten by.
            if (_isClosed)
                return;
            _process.StandardInput.WriteLine($"{what} {which}");
            _process.StandardInput.Flush();
        }
    }
}
