using System.Globalization;
using EngagementFlows.CrashDrill.Callers;
using EngagementFlows.CrashDrill.Children;
using EngagementFlows.CrashDrill.Counting;
using EngagementFlows.CrashDrill.Faults;

namespace EngagementFlows.CrashDrill;

/// <summary>One round: a database of its own, two servers, a sink, callers, faults until the callers are done; then quiet, then the count.</summary>
/// <remarks>The seed decides about faults and callers; how they meet is up to the machine, so a replay repeats the attack, not every instant.</remarks>
internal sealed class Round(DrillPlace place, DrillPostgres postgres, Firm firm, int seed, Action<string> say)
{
    // More at once only makes everybody slower.
    private const int CallersAtOnce = 192;
    // A small round must not be over before its faults have come.
    private static readonly TimeSpan LeastLength = TimeSpan.FromSeconds(10);

    private readonly long _began = TimeProvider.System.GetTimestamp();

    /// <summary>Plays the round and counts it.</summary>
    public async Task<DrillCount> RunAsync(CancellationToken cancellationToken)
    {
        FaultPlan plan = new(seed, DrillSettings.SendingLease);
        await using Stage stage = await Stage.OpenAsync(place, postgres, firm, plan, SayWithTime, cancellationToken);
        IReadOnlyList<DrilledIntake> intakes = firm.NewIntakes();
        SayWithTime($"seed {seed}: {intakes.Count} instances; {plan}");
        IReadOnlyDictionary<FaultKind, int> faults = await AttackAsync(stage, intakes, cancellationToken);
        DrillCount count = await CountAsync(stage, intakes, cancellationToken);
        foreach ((string text, int times) in stage.House.Grievances.List().Take(10))
            SayWithTime($"unexpected answer, {times} time(s): {text}");
        SayWithTime($"faults: {string.Join(", ", faults.OrderBy(done => done.Key).Select(done => $"{done.Key} {done.Value}"))}");
        SayWithTime(count.ToString());
        return count;
    }

    /// <summary>Lets callers and faults loose, until the callers are done and no fault lasts.</summary>
    private async Task<IReadOnlyDictionary<FaultKind, int>> AttackAsync(Stage stage, IReadOnlyList<DrilledIntake> intakes, CancellationToken cancellationToken)
    {
        FaultInjector injector = new(stage.Plan, stage.Targets, SayWithTime);
        using CancellationTokenSource callersDone = new();
        Task attacking = injector.RunAsync(callersDone.Token);
        using CancellationTokenSource stopCalls = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task calling = CallAsync(stage, intakes, stopCalls.Token);
        await Task.WhenAny(calling, attacking, ProgressEndsAsync(intakes, stopCalls.Token));
        await callersDone.CancelAsync();
        await attacking;
        await stage.StartAllAsync(cancellationToken);
        SayWithTime("all faults off");
        await Task.WhenAny(calling, ProgressEndsAsync(intakes, stopCalls.Token));
        await stopCalls.CancelAsync();
        await EndAsync(calling);
        cancellationToken.ThrowIfCancellationRequested();
        return injector.Done;
    }

    private async Task<DrillCount> CountAsync(Stage stage, IReadOnlyList<DrilledIntake> intakes, CancellationToken cancellationToken)
    {
        if (stage.Plan.HasSchedules)
            await ScheduleKeeper.EndAsync(stage.DataSource, cancellationToken);
        Auditor auditor = new(place, stage.Settings, stage.CallerTo(new Chance((ulong)seed)), SayWithTime);
        await auditor.WaitForQuietAsync(stage.DataSource, cancellationToken);
        await stage.House.CloseMailsAsync();
        SayWithTime("all quiet");
        DrillCount count = await auditor.CountAsync(stage.DataSource, intakes, stage.House.Mails.All, cancellationToken);
        if (stage.WebhookSecret is { } secret)
            count += await new FactAuditor(stage.Sink.FactFile, secret, SayWithTime).CountAsync(stage.DataSource, cancellationToken);
        if (stage.Plan.HasSchedules)
            count += await new FiringAuditor(stage.DataSource, SayWithTime).CountAsync(cancellationToken);
        return count with { InvariantViolations = count.InvariantViolations + await stage.Targets.Backups.ProveAsync() };
    }

    private async Task CallAsync(Stage stage, IReadOnlyList<DrilledIntake> intakes, CancellationToken cancellationToken)
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
                await new IntakeCallers(stage.CallerTo(chance), stage.House.Mails, chance).PlayAsync(intake, cancellationToken);
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
