using EngagementFlows.CrashDrill.Children;
using EngagementFlows.CrashDrill.Counting;

namespace EngagementFlows.CrashDrill;

/// <summary>The whole run: its place, its PostgreSQL, its rounds, its sum.</summary>
internal static class Drill
{
    /// <summary>Runs and returns the exit code: 0 if everything is zero that must be, else 1.</summary>
    public static async Task<int> RunAsync(DrillArguments arguments, CancellationToken cancellationToken)
    {
        using DrillPlace place = new();
        await using DrillPostgres postgres = await DrillPostgres.StartAsync(place, cancellationToken);
        Firm firm = await Firm.FoundAsync(postgres, arguments.Instances, cancellationToken);
        DrillCount sum = new();
        for (int round = 0; round < arguments.Rounds; round++)
            sum += await new Round(place, postgres, firm, arguments.Seed + round, Say).RunAsync(cancellationToken);
        Say(sum.ToString());
        if (sum.IsClean)
            Say($"With 95 % confidence fewer than {3.0 / sum.Acknowledged:P3} of acknowledged facts are lost, and fewer than {3.0 / Math.Max(1, sum.Mails):P3} of mails doubled or missing.");
        if (arguments.IsJson)
            await Console.Out.WriteLineAsync(sum.ToJson());
        return sum.IsClean ? 0 : 1;
    }

    private static void Say(string text) => Console.Error.WriteLine(text);
}
