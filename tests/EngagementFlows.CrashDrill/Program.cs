using System.Globalization;
using EngagementFlows.CrashDrill;

// Two roles: the drill, and the worker that it starts and kills.
switch (args)
{
    case ["work", string connectionString, string mode]:
        return await Worker.RunAsync(connectionString, mode == "drain");
    case ["drill", .. string[] rest]:
        int kills = rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 20;
        int seed = rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 1;
        DrillReport report = await Drill.RunAsync(kills, workers: 2, seed, CancellationToken.None);
        Console.WriteLine(report);
        return report.IsClean ? 0 : 1;
    default:
        Console.Error.WriteLine("Usage: EngagementFlows.CrashDrill drill [KILLS [SEED]]");
        return 2;
}
