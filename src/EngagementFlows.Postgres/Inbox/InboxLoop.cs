using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>The turns in which one process serves schedules and due facts: one worker looks, the others help when there is more than it can take.</summary>
/// <remarks>Each of its steps belongs to one loop and is not safe for use by several threads.</remarks>
internal sealed class InboxLoop(InboxWorker[] workers, ScheduleWorker schedules, DueSignal signal, DatabaseClock clock, FlowsEngineOptions options) : IAsyncDisposable
{
    private readonly InboxWorker _first = workers[0];
    private readonly DueSignal _moreWork = new(clock);
    private long _schedulesServed;

    /// <summary>Gets the turns of the other workers, which sleep until the first one finds more than it can take.</summary>
    public IEnumerable<Func<CancellationToken, Task>> Helpers => workers.Skip(1).Select<InboxWorker, Func<CancellationToken, Task>>(worker => token => HelpAsync(worker, token));

    /// <summary>Looks whether facts are due and when the next one falls due; claims nothing.</summary>
    public Task<DueLook> LookAsync(CancellationToken cancellationToken) => _first.LookAsync(cancellationToken);

    /// <summary>Serves one group of due facts and returns how many were claimed.</summary>
    public Task<int> RunOnceAsync(CancellationToken cancellationToken) => _first.RunOnceAsync(cancellationToken);

    /// <summary>Serves what is due, or sleeps until something falls due or is hinted at; one turn of the loop.</summary>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        // The look first: while nothing is due it is all that this loop asks of the database.
        DueLook look = await _first.LookAsync(cancellationToken);
        if (look.HasFacts && await ServeFactsAsync(cancellationToken))
            return;
        if (look.Next <= clock.Now)
        {
            // A schedule is due; one that another process holds is looked at again in a moment.
            if (await ServeSchedulesAsync(cancellationToken) == 0)
                await signal.WaitAsync(TimeSpan.FromMilliseconds(100), cancellationToken);
            return;
        }

        if (look.Next is { } due)
            signal.Hint(due);
        await signal.WaitAsync(options.Poll, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (InboxWorker worker in workers)
            await worker.DisposeAsync();
    }

    /// <summary>Serves group after group until no more can be claimed; returns whether there was any.</summary>
    private async Task<bool> ServeFactsAsync(CancellationToken cancellationToken)
    {
        bool hasServed = false;
        while (await _first.RunOnceAsync(cancellationToken) is > 0 and var served)
        {
            hasServed = true;
            if (served >= options.Inbox.GroupLimit / 2)
                _moreWork.Wake();
            // Schedules are looked at before every sleep, and now and then while there is no end of work.
            if (clock.Time.GetElapsedTime(_schedulesServed) > TimeSpan.FromMilliseconds(500))
                await ServeSchedulesAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return hasServed;
    }

    private async Task<int> ServeSchedulesAsync(CancellationToken cancellationToken)
    {
        _schedulesServed = clock.Time.GetTimestamp();
        return await schedules.RunOnceAsync(cancellationToken);
    }

    private async Task HelpAsync(InboxWorker worker, CancellationToken cancellationToken)
    {
        await _moreWork.WaitAsync(TimeSpan.FromDays(1), cancellationToken);
        while (await worker.RunOnceAsync(cancellationToken) > 0)
        {
        }
    }
}
