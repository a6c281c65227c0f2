using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Events;
using EngagementFlows.Postgres.Idempotency;
using EngagementFlows.Postgres.Imports;
using EngagementFlows.Postgres.Inbox;
using EngagementFlows.Postgres.Journal;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Webhooks;
using Microsoft.Extensions.Logging;

namespace EngagementFlows.Postgres.Instances;

/// <summary>The engine of one process: its gateway for callers and its workers for due facts.</summary>
/// <remarks>Any number of processes may run one on the same database; none is a leader.</remarks>
public sealed class FlowsEngine : IAsyncDisposable
{
    private readonly FlowsDatabase _database;
    private readonly FlowsEngineOptions _options;
    private readonly DatabaseClock _clock;
    private readonly LiveCatalogue _catalogue;
    private readonly InboxLoop _inbox;
    private readonly EventLooker _looker;
    private readonly FollowAddresses _addresses;
    private readonly ScheduleWorker _schedules;
    private readonly Wakeups _wakeups;
    private readonly ILogger _logger;
    private readonly DueSignal _definitionsChanged;
    private readonly DueSignal _webhooksChanged;

    /// <summary>Creates the engine; its workers begin with <see cref="RunAsync"/>, its gateway serves at once.</summary>
    public FlowsEngine(
        FlowsDatabase database,
        RunTransition run,
        NextOccurrence next,
        LiveCatalogue catalogue,
        IDomainStore? domain,
        DatabaseClock clock,
        FlowsEngineOptions options,
        ILogger logger)
    {
        _database = database;
        _options = options;
        _clock = clock;
        _catalogue = catalogue;
        _logger = logger;
        Signals = new(clock);
        Webhooks = new(database.Queries);
        Committer committer = new(run, catalogue, Webhooks, domain, clock, Signals);
        Gateway = new(committer, database, options.Committers);
        _looker = new(Signals, clock, new EngineConnection(database.Engine, clock.Time));
        _addresses = new(database.Queries);
        _schedules = new(catalogue, next, clock, Signals, database.Engine, options.Inbox);
        InboxWorker[] workers = [.. Enumerable.Range(0, options.Inbox.Workers).Select(_ => new InboxWorker(committer, new EngineConnection(database.Engine, clock.Time), options.Inbox, logger))];
        _inbox = new(workers, _schedules, Signals.Inbox, clock, options);
        _wakeups = new(database.Engine, Signals, clock, logger);
        _definitionsChanged = new(clock);
        _webhooksChanged = new(clock);
        Signals.Announce = _wakeups.Notify;
        _wakeups.DefinitionsChanged = _definitionsChanged.Wake;
        _wakeups.WebhooksChanged = _webhooksChanged.Wake;
    }

    /// <summary>Gets the way of callers to instances.</summary>
    public InstanceGateway Gateway { get; }

    /// <summary>Gets what commits tell the loops of this process.</summary>
    public CommitSignals Signals { get; }

    /// <summary>Gets which facts webhooks want.</summary>
    public LiveWebhooks Webhooks { get; }

    /// <summary>Takes over webhooks that changed, and tells the other processes.</summary>
    public async Task WebhooksChangedAsync(CancellationToken cancellationToken)
    {
        await Webhooks.RefreshAsync(cancellationToken);
        _wakeups.Notify("webhooks");
    }

    /// <summary>Takes over definitions that changed, with their schedules, and tells the other processes.</summary>
    public async Task DefinitionsChangedAsync(CancellationToken cancellationToken)
    {
        await _catalogue.RefreshAsync(cancellationToken);
        await _schedules.SyncAsync(cancellationToken);
        _wakeups.Notify("definitions");
    }

    /// <summary>Serves due facts, events and schedules until it is stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Task[] loops =
        [
            RepeatAsync("schedules and the inbox", _inbox.ServeAsync, cancellationToken),
            .. _inbox.Helpers.Select(help => RepeatAsync("the inbox", help, cancellationToken)),
            RepeatAsync("events", _looker.LookAsync, cancellationToken),
            RepeatAsync("kept events", SweepEventsAsync, cancellationToken),
            RepeatAsync("definitions", FollowDefinitionsAsync, cancellationToken),
            RepeatAsync("webhooks", FollowWebhooksAsync, cancellationToken),
            RepeatAsync("links of changed addresses", FollowAddressesAsync, cancellationToken),
            RepeatAsync("housekeeping", KeepHouseAsync, cancellationToken),
            _wakeups.RunAsync(cancellationToken),
        ];
        try
        {
            await Task.WhenAll(loops);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The ordered end: each loop has finished the group in its hands.
        }
    }

    /// <summary>Only tells other processes of what this one commits, for a process whose gateway is used but that serves no due facts.</summary>
    public async Task NotifyOnlyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _wakeups.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The ordered end.
        }
    }

    /// <summary>Serves everything that is due now, on the caller's task, until nothing is left; for played time.</summary>
    public async Task<int> ServeDueAsync(CancellationToken cancellationToken)
    {
        int served = 0;
        while (true)
        {
            int now = await _schedules.RunOnceAsync(cancellationToken) + await _looker.LookNowAsync(cancellationToken) + await _inbox.RunOnceAsync(cancellationToken);
            if (now == 0)
                return served;
            served += now;
        }
    }

    /// <summary>Returns when the next timer, fact or schedule falls due, or <see langword="null"/>.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => (await _inbox.LookAsync(cancellationToken)).Next;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _inbox.DisposeAsync();
        await _looker.DisposeAsync();
    }

    private async Task SweepEventsAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_options.EventSweep, _clock.Time, cancellationToken);
        await _looker.SweepAsync(cancellationToken);
    }

    private async Task FollowAddressesAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_options.AddressSweep, _clock.Time, cancellationToken);
        while (await _addresses.ExecuteAsync(_clock, cancellationToken) > 0)
            Signals.OutboxDue();
    }

    private async Task KeepHouseAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_options.Housekeeping, _clock.Time, cancellationToken);
        await EnsureJournalPartitions.ExecuteAsync(_database.Engine, null, cancellationToken);
        await DeleteOldRows.ExecuteAsync(_database.Engine, cancellationToken);
        await ExpireUploads.ExecuteAsync(_database.Engine, _options.KeepUndecidedUploads, cancellationToken);
    }

    private async Task FollowDefinitionsAsync(CancellationToken cancellationToken)
    {
        await _definitionsChanged.WaitAsync(_options.DefinitionPoll, cancellationToken);
        if (await _catalogue.RefreshAsync(cancellationToken))
            await _schedules.SyncAsync(cancellationToken);
    }

    private async Task FollowWebhooksAsync(CancellationToken cancellationToken)
    {
        await Webhooks.RefreshAsync(cancellationToken);
        await _webhooksChanged.WaitAsync(_options.DefinitionPoll, cancellationToken);
    }

    private Task RepeatAsync(string name, Func<CancellationToken, Task> step, CancellationToken cancellationToken) =>
        EngineLoop.RepeatAsync(name, step, _clock.Time, _logger, cancellationToken);
}
