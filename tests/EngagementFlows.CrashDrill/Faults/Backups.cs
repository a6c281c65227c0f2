using System.Globalization;
using EngagementFlows.CrashDrill.Children;

namespace EngagementFlows.CrashDrill.Faults;

/// <summary>Backups that are made in the middle of a round; each must be one that a restore brings back with every promise kept.</summary>
internal sealed class Backups(DrillPlace place, string name, IReadOnlyDictionary<string, string> settings, Action<string> say)
{
    private readonly List<string> _files = [];
    private int _failed;

    /// <summary>Makes one, beside the servers at work.</summary>
    public async Task MakeAsync()
    {
        string file = Path.Combine(place.Folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{_files.Count + _failed}.zip"));
        if (await RunAsync("backup", file) is { } words)
        {
            _failed++;
            say($"VIOLATED: a backup under load failed: {words}");
            return;
        }

        _files.Add(file);
    }

    /// <summary>Restores each into a scratch database and has every promise checked there; returns how many backups were not made or broke one.</summary>
    public async Task<long> ProveAsync()
    {
        long broken = _failed;
        foreach (string file in _files)
        {
            if (await RunAsync("drill-restore", file) is { } words)
            {
                broken++;
                say($"VIOLATED: the restore of a backup: {words}");
            }

            File.Delete(file);
        }

        return broken;
    }

    /// <summary>Runs a command of the product; returns what it said if it failed.</summary>
    private async Task<string?> RunAsync(string command, string file)
    {
        string log = $"{name}-{command}";
        await using Child child = Child.Start(place, place.ServerAssembly, [command, file], settings, log);
        string output = await child.Output.ReadToEndAsync(CancellationToken.None);
        return await child.WaitAsync(CancellationToken.None) == 0 ? null : $"{output}{place.LastWords(log)}";
    }
}
