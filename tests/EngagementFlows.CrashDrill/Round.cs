using System.Globalization;
using EngagementFlows.CrashDrill.Callers;
using EngagementFlows.CrashDrill.Children;
using EngagementFlows.CrashDrill.Counting;
using EngagementFlows.CrashDrill.Faults;
using Npgsql;

namespace EngagementFlows.CrashDrill;

/// <summary>One round: a database of its own, two servers, a sink, callers, faults until the callers are done; then quiet, then the count.</summary>
/// <remarks>The seed decides about faults and callers; how they meet is up to the machine, so a replay repeats the attack, not every instant.</remarks>
internal sealed class Round(DrillPlace place, DrillPostgres postgres, int seed, int instances, Action<string> say)
{
    // More at once only makes everybody slower.
    private const int CallersAtOnce = 192;
    // A small round must not be over before its faults have come.
    private static readonly TimeSpan LeastLength = TimeSpan.FromSeconds(10);

    private readonly long _began = TimeProvider.System.GetTimestamp();

    /// <summary>Plays the round and counts it.</summary>
    public async Task<DrillCount> RunAsync(CancellationToken cancellationToken)
    {
        string name = $"round_{seed.ToString(CultureInfo.InvariantCulture).Replace('-', 'm')}";
        string connectionString = await postgres.CreateDatabaseAsync(name, cancellationToken);
        await using NpgsqlDataSource dataSource = House.Open(connectionString);
        IReadOnlyList<DrilledIntake> intakes = await Firm.FoundAsync(dataSource, instances, cancellationToken);
        await using SinkProcess sink = new(place, Path.Combine(place.Folder, $"{name}.mails"), seed);
        await sink.StartAsync();
        await using House house = new(sink.RecordFile);
        // The links lead to a name that no server has: callers go to whichever answers.
        Dictionary<string, string> settings = DrillSettings.Of(connectionString, Path.Combine(place.Folder, name), new Uri("http://clients.drill.example"), sink.Port);
        await using FlowsServer a = new($"{name}-A", place, settings, house.Http);
        await using FlowsServer b = new($"{name}-B", place, settings, house.Http);
        FlowsServer[] servers = [a, b];
        DrillCount count = await PlayAsync(house, servers, sink, dataSource, settings, intakes, cancellationToken);
        await Task.WhenAll(servers.Select(server => server.KillAsync()));
        await postgres.DropDatabaseAsync(name);
        return count;
    }

    private async Task<DrillCount> PlayAsync(
        House house, FlowsServer[] servers, SinkProcess sink, NpgsqlDataSource dataSource, Dictionary<string, string> settings, IReadOnlyList<DrilledIntake> intakes, CancellationToken cancellationToken)
    {
        await StartAllAsync(servers, cancellationToken);
        FaultPlan plan = new(seed, DrillSettings.SendingLease);
        FaultInjector injector = new(plan, postgres, servers, sink, SayWithTime);
        using CancellationTokenSource callersDone = new();
        SayWithTime($"seed {seed}: {intakes.Count} instances; attacked: servers{(plan.HasPostgres ? ", PostgreSQL" : "")}{(plan.HasSink ? ", sink" : "")}");
        Task attacking = injector.RunAsync(callersDone.Token);
        using CancellationTokenSource stopCalls = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task calling = CallAsync(house, servers, intakes, stopCalls.Token);
        await Task.WhenAny(calling, attacking, ProgressEndsAsync(intakes, stopCalls.Token));
        await callersDone.CancelAsync();
        await attacking;
        await StartAllAsync(servers, cancellationToken);
        SayWithTime("all faults off");
        await Task.WhenAny(calling, ProgressEndsAsync(intakes, stopCalls.Token));
        await stopCalls.CancelAsync();
        await EndAsync(calling);
        cancellationToken.ThrowIfCancellationRequested();
        Auditor auditor = new(place, settings, house.CallerTo(servers, new Chance((ulong)seed)), SayWithTime);
        await auditor.WaitForQuietAsync(dataSource, cancellationToken);
        await house.CloseMailsAsync();
        DrillCount count = await auditor.CountAsync(dataSource, intakes, house.Mails.All, cancellationToken);
        foreach ((string text, int times) in house.Grievances.List().Take(10))
            SayWithTime($"unexpected answer, {times} time(s): {text}");
        SayWithTime($"faults: {string.Join(", ", injector.Done.OrderBy(done => done.Key).Select(done => $"{done.Key} {done.Value}"))}");
        SayWithTime(count.ToString());
        return count;
    }

    private static async Task StartAllAsync(FlowsServer[] servers, CancellationToken cancellationToken)
    {
        foreach (FlowsServer server in servers)
            server.EnsureStarted();
        await Task.WhenAll(servers.Select(server => server.ReadyAsync(cancellationToken)));
    }

    private async Task CallAsync(House house, FlowsServer[] servers, IReadOnlyList<DrilledIntake> intakes, CancellationToken cancellationToken)
    {
        TimeSpan pace = LeastLength / intakes.Count;
        using SemaphoreSlim slots = new(CallersAtOnce);
        List<Task> playing = [];
        foreach (DrilledIntake intake in intakes)
        {
            await slots.WaitAsync(cancellationToken);
            playing.Add(PlayOneAsync(intake));
            if (pace > TimeSpan.FromMilliseconds(10))
                await Task.Delay(pace, cancellationToken);
        }

        await Task.WhenAll(playing);

        async Task PlayOneAsync(DrilledIntake intake)
        {
            try
            {
                Chance chance = new(((ulong)seed * 1_000_003) + (ulong)intake.Number);
                await new IntakeCallers(house.CallerTo(servers, chance), house.Mails, chance).PlayAsync(intake, cancellationToken);
            }
            finally
            {
                slots.Release();
            }
        }
    }

    /// <summary>Returns when no caller was told anything for a long time.</summary>
    private static async Task ProgressEndsAsync(IReadOnlyList<DrilledIntake> intakes, CancellationToken cancellationToken)
    {
        TimeSpan limit = TimeSpan.FromSeconds(120);
        int last = -1;
        long since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < limit && !cancellationToken.IsCancellationRequested)
        {
            int now = intakes.Sum(intake => intake.Acknowledged);
            if (now != last)
                (last, since) = (now, TimeProvider.System.GetTimestamp());
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken));
        }
    }

    private static async Task EndAsync(Task calling)
    {
        try
        {
            await calling;
        }
        catch (OperationCanceledException)
        {
            // Callers who were never answered: the count tells of them.
        }
    }

    private void SayWithTime(string text) => say($"[round {seed} +{TimeProvider.System.GetElapsedTime(_began).TotalSeconds,5:0.0} s] {text}");
}
