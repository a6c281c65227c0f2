using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using EngagementFlows.CrashDrill.Children;
using EngagementFlows.CrashDrill.Counting;

namespace EngagementFlows.CrashDrill.Boundaries;

/// <summary>Kills the server at each boundary of one intake: before and after every SQL command and every reply of the mail server, all of them.</summary>
internal static class BoundaryDrill
{
    // Beside the two intakes by which the boundaries are counted a lane plays at most all boundaries, and an intake never crosses that many.
    private const int Intakes = 1000;
    // A lane waits more than it works: for a server to come up, for leases to run out.
    private static readonly int Lanes = Math.Clamp(Environment.ProcessorCount * 2, 2, 8);

    /// <summary>Runs and returns the exit code: 0 if everything is zero that must be, else 1.</summary>
    public static async Task<int> RunAsync(DrillArguments arguments, CancellationToken cancellationToken)
    {
        using DrillPlace place = new();
        await using DrillPostgres postgres = await DrillPostgres.StartAsync(place, cancellationToken);
        Firm firm = await Firm.FoundAsync(postgres, Intakes, cancellationToken);
        List<BoundaryLane> lanes = [await BoundaryLane.OpenAsync(place, postgres, firm, 1, cancellationToken)];
        try
        {
            return await RunAsync(arguments, lanes, number => BoundaryLane.OpenAsync(place, postgres, firm, number, cancellationToken), cancellationToken);
        }
        finally
        {
            foreach (BoundaryLane lane in lanes)
                await lane.DisposeAsync();
        }
    }

    private static async Task<int> RunAsync(DrillArguments arguments, List<BoundaryLane> lanes, Func<int, Task<BoundaryLane>> openAsync, CancellationToken cancellationToken)
    {
        int most = await MeasureAsync(lanes[0], cancellationToken);
        int[] wanted = [.. Enumerable.Range(1, most).Where(boundary => (boundary - 1) % arguments.Every == 0).Take(arguments.First)];
        Say($"One whole intake crosses {most} boundaries; {wanted.Length} of them are attacked, each in an intake of its own.");
        ConcurrentQueue<int> left = new(wanted);
        ConcurrentDictionary<int, string> killed = new();
        for (int number = 2; number <= Math.Min(Lanes, (wanted.Length + 1) / 2); number++)
            lanes.Add(await openAsync(number));
        DrillCount[] counts = await Task.WhenAll(lanes.Select((lane, index) => RunLaneAsync(lane, index + 1, left, killed, cancellationToken)));
        DrillCount sum = counts.Aggregate((one, other) => one + other);
        Tell(killed, wanted.Length, sum);
        if (arguments.IsJson)
            await Console.Out.WriteLineAsync(Json(killed.Count, sum));
        return sum.IsClean && !killed.IsEmpty ? 0 : 1;
    }

    /// <summary>Plays an intake twice, the second time counted: the first one finds everything cold.</summary>
    private static async Task<int> MeasureAsync(BoundaryLane lane, CancellationToken cancellationToken)
    {
        await lane.PlayAsync(int.MaxValue, cancellationToken);
        return (await lane.PlayAsync(int.MaxValue, cancellationToken)).Crossed;
    }

    private static async Task<DrillCount> RunLaneAsync(BoundaryLane lane, int number, ConcurrentQueue<int> left, ConcurrentDictionary<int, string> killed, CancellationToken cancellationToken)
    {
        while (left.TryDequeue(out int boundary))
        {
            PlayedBoundary played = await lane.PlayAsync(boundary, cancellationToken);
            if (played.Killed is { } name)
                killed[boundary] = name;
            Say($"[lane {number}] boundary {boundary}: {played}");
        }

        return await lane.CountAsync(Say, cancellationToken);
    }

    private static void Tell(ConcurrentDictionary<int, string> killed, int wanted, DrillCount sum)
    {
        Say("");
        Say("| boundary | kills |");
        Say("|---|---|");
        foreach (IGrouping<string, string> kind in killed.Values.GroupBy(name => name, StringComparer.Ordinal).OrderBy(group => group.Key[(group.Key.IndexOf(' ', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal).ThenByDescending(group => group.Key, StringComparer.Ordinal))
            Say($"| {kind.Key} | {kind.Count()} |");
        Say("");
        Say($"{killed.Count} kills at {wanted} boundaries: {sum}");
        if (sum.IsClean && !killed.IsEmpty)
            Say($"No violation at any of them; if these stood for all there are, with 95 % confidence fewer than {3.0 / killed.Count:P1} of kills would cause one.");
    }

    private static string Json(int kills, DrillCount sum)
    {
        JsonObject json = JsonNode.Parse(sum.ToJson())!.AsObject();
        json.Insert(0, "boundaries", kills);
        return json.ToJsonString(JsonSerializerOptions.Default);
    }

    private static void Say(string text) => Console.Error.WriteLine(text);
}
