using System.Globalization;
using System.Text.Json.Nodes;
using EngagementFlows.CrashDrill.Children;

namespace EngagementFlows.CrashDrill.Faults;

/// <summary>Brings a new version of the flow among running instances, one server after the other, as an upgrade does.</summary>
internal sealed class RollOut
{
    private readonly string _file;
    private int _edition;

    /// <param name="folder">A folder of the round's own, which becomes the servers' folder of flows.</param>
    /// <param name="hasSchedules">Whether the flow that schedules start is among them.</param>
    public RollOut(string folder, bool hasSchedules)
    {
        Folder = folder;
        Copy(DrillPlace.Flows, folder);
        _file = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Single(file => Path.GetFileNameWithoutExtension(file) == Path.GetFileName(Path.GetDirectoryName(file)));
        if (hasSchedules)
            Copy(DrillPlace.ScheduledFlows, folder);
    }

    /// <summary>Gets the servers' folder of flows.</summary>
    public string Folder { get; }

    /// <summary>Changes the flow's file, then ends and starts each server in order.</summary>
    public async Task RunAsync(IReadOnlyList<FlowsServer> servers)
    {
        JsonObject flow = JsonNode.Parse(await File.ReadAllTextAsync(_file, CancellationToken.None))!.AsObject();
        flow["description"] = string.Create(CultureInfo.InvariantCulture, $"Edition {++_edition}");
        await File.WriteAllTextAsync(_file, flow.ToJsonString(), CancellationToken.None);
        foreach (FlowsServer server in servers)
        {
            await server.StopAsync();
            server.Start();
            await server.ReadyAsync(CancellationToken.None);
        }
    }

    private static void Copy(string source, string folder)
    {
        foreach (string from in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(folder, Path.GetRelativePath(source, from));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
        }
    }
}
