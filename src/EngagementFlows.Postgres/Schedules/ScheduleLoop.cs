using EngagementFlows.Postgres.Instances;
using Microsoft.Extensions.Logging;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>Sees to it that every process's clock knows the next instants: looks after each change, and at its own pace.</summary>
/// <remarks>
/// The clock (Quartz) wakes whoever fires; the truth is the table. What the clock was never told, because a process died between a commit and its word, is found here at the next look,
/// in any process, and what is overdue by more than a few seconds is fired without the clock.
/// </remarks>
public sealed class ScheduleLoop(ScheduleFirer firer, DatabaseClock clock, CommitSignals signals, ILogger logger)
{
    private const int KnownInstants = 8;

    /// <summary>Gets how often the table is looked at without any hint while anything is scheduled.</summary>
    public static TimeSpan Poll => TimeSpan.FromSeconds(10);

    /// <summary>Gets the lateness from which a due schedule is fired without waiting for the clock.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(5);

    // A queued firing has no instant: the end of the instance before it is looked for.
    private static readonly TimeSpan QueuePoll = TimeSpan.FromSeconds(2);

    // Nothing is scheduled: only a schedule of another process whose word got lost could be found.
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(30);

    /// <summary>Looks, tells the clock, and waits, until it is stopped.</summary>
    /// <param name="setAlarms">Tells the clock the next instants; it may know them already. Never called before there is one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Func<IReadOnlyList<DateTimeOffset>, CancellationToken, Task> setAlarms, CancellationToken cancellationToken)
    {
        try
        {
            await EngineLoop.RepeatAsync(
                "recurring schedules",
                async token => await signals.Schedules.WaitAsync(await LookAsync(setAlarms, token), token),
                clock.Time,
                logger,
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The ordered end.
        }
    }

    /// <summary>Looks once and tells the clock; returns when to look again at the latest.</summary>
    public async Task<TimeSpan> LookAsync(Func<IReadOnlyList<DateTimeOffset>, CancellationToken, Task> setAlarms, CancellationToken cancellationToken)
    {
        (IReadOnlyList<DateTimeOffset> instants, bool hasQueued) = await firer.LookAsync(KnownInstants, cancellationToken);
        if (hasQueued)
            await firer.FireQueuedAsync(cancellationToken);
        if (instants.Count == 0)
            return hasQueued ? QueuePoll : IdlePoll;
        await firer.FollowCalendarsAsync(cancellationToken);
        if (instants[0] < clock.Now - Patience)
        {
            firer.LogOverdue(instants[0]);
            await firer.FireDueAsync(cancellationToken);
            (instants, hasQueued) = await firer.LookAsync(KnownInstants, cancellationToken);
        }

        if (instants.Count > 0)
            await setAlarms(instants, cancellationToken);
        return hasQueued ? QueuePoll : Poll;
    }
}
