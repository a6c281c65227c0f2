using System.Diagnostics;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Postgres.Inbox;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Postgres.Telemetry;
using EngagementFlows.Postgres.Webhooks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>Carries effects out of the database: pending → claimed → sending → accepted, rejected, pending again or uncertain.</summary>
/// <remarks>
/// Safe in any number of processes. At most one message per effect key is accepted by the other side; the window between its acceptance and our record is the
/// state <c>sending</c>, and whatever is found there without an owner is uncertain and goes to a person. What may throw: the database; what is in hand then
/// runs into its lease. Shutdown: no new claims; an attempt that has begun is carried to its end, and the loop ends after the last of them.
/// </remarks>
public sealed partial class OutboxDispatcher
{
    private const int MostUnderWay = 16;
    private static readonly TimeSpan HeldByAnother = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    private readonly NpgsqlDataSource _dataSource;
    private readonly Dictionary<string, IEffectSender> _senders;
    private readonly CommitSignals _signals;
    private readonly DatabaseClock _clock;
    private readonly OutboxOptions _options;
    private readonly ILogger _logger;
    private readonly Guid _owner;

    /// <summary>Creates the dispatcher of this process.</summary>
    public OutboxDispatcher(NpgsqlDataSource dataSource, IEnumerable<IEffectSender> senders, CommitSignals signals, DatabaseClock clock, OutboxOptions options, ILogger logger)
    {
        _dataSource = dataSource;
        _senders = senders.ToDictionary(sender => sender.Kind, StringComparer.Ordinal);
        _signals = signals;
        _clock = clock;
        _options = options;
        _logger = logger;
        _owner = TimeOrderedId.Create(clock.Now);
    }

    /// <summary>Gets which facts webhooks want; <see langword="null"/> = the table is asked each time.</summary>
    public LiveWebhooks? Webhooks { get; init; }

    /// <summary>Dispatches until it is stopped. What is slow holds only its own place: the others go on.</summary>
    public async Task RunAsync(TimeSpan poll, CancellationToken cancellationToken)
    {
        List<Task> underWay = [];
        try
        {
            while (!cancellationToken.IsCancellationRequested)
                await RunRoundAsync(underWay, poll, cancellationToken);
        }
        finally
        {
            await Task.WhenAll(underWay);
        }
    }

    /// <summary>Rescues expired leases, then claims and tries one group of due effects; returns how many were claimed.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        List<ClaimedEffect> claimed = await ClaimAsync(MostUnderWay, cancellationToken);
        await Task.WhenAll(claimed.Select(effect => TryAsync(effect, cancellationToken)));
        return claimed.Count;
    }

    /// <summary>Returns when the next effect falls due or the next lease runs out, or <see langword="null"/>; for played time.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => NextOutboxDue.ExecuteAsync(_dataSource, cancellationToken);

    private async Task RunRoundAsync(List<Task> underWay, TimeSpan poll, CancellationToken cancellationToken)
    {
        try
        {
            underWay.RemoveAll(attempt => attempt.IsCompleted);
            if (underWay.Count == MostUnderWay)
            {
                await Task.WhenAny(underWay);
                return;
            }

            // The look first: while nothing is due it is all that this loop asks of the database.
            DateTimeOffset? next = await NextOutboxDue.ExecuteAsync(_dataSource, cancellationToken);
            if (next <= _clock.Now)
            {
                List<ClaimedEffect> claimed = await ClaimAsync(MostUnderWay - underWay.Count, cancellationToken);
                underWay.AddRange(claimed.Select(effect => TryAndLogAsync(effect, cancellationToken)));
                if (claimed.Count == 0)
                    await _signals.Outbox.WaitAsync(HeldByAnother, cancellationToken);
                return;
            }

            if (next is { } due)
                _signals.Outbox.Hint(due);
            await _signals.Outbox.WaitAsync(poll, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.RoundFailed(_logger, fault);
            await Task.Delay(TimeSpan.FromSeconds(1), _clock.Time, cancellationToken);
        }
    }

    private async Task<List<ClaimedEffect>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        if (await ExpireOutboxLeases.ExecuteAsync(_dataSource, _clock.ForStatements, cancellationToken) is var expired and > 0)
            Log.LeasesExpired(_logger, expired);
        return await ClaimOutboxEntries.ExecuteAsync(_dataSource, most, _owner, _options.ClaimLease, _clock.ForStatements, cancellationToken);
    }

    private async Task TryAndLogAsync(ClaimedEffect effect, CancellationToken cancellationToken)
    {
        try
        {
            await TryAsync(effect, cancellationToken);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Log.NotRecorded(_logger, fault, effect.Id, effect.Attempt);
        }
    }

    private async Task TryAsync(ClaimedEffect effect, CancellationToken cancellationToken)
    {
        bool hasBegun = false;
        SendOutcome outcome;
        using Activity? span = EffectTelemetry.Begin(effect);
        try
        {
            outcome = _senders.TryGetValue(effect.Kind, out IEffectSender? sender)
                ? await sender.SendAsync(effect, BeginAsync, cancellationToken)
                : new SendAgain($"This process has no sender for effects of kind '{effect.Kind}'.");
        }
        catch (OperationCanceledException) when (!hasBegun && cancellationToken.IsCancellationRequested)
        {
            outcome = new SendLater("The process ended before it was tried.", TimeSpan.Zero);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Before the beginning nothing can have been taken; after it, nobody knows.
            Log.AttemptFailed(_logger, fault, effect.Id, effect.Attempt);
            outcome = hasBegun ? new SendUncertain($"The attempt broke off: {fault.Message}") : new SendAgain(fault.Message);
        }

        await RecordAsync(effect, outcome);
        EffectTelemetry.End(span, effect, outcome);

        async Task<bool> BeginAsync(CancellationToken token)
        {
            hasBegun = await BeginSending.ExecuteAsync(_dataSource, effect, _owner, _options.SendingLease, _clock.ForStatements, token);
            if (!hasBegun && effect.Kind == "mail")
                await DropOutdatedReminder.ExecuteAsync(_dataSource, effect, _owner, _clock.ForStatements, token);
            return hasBegun;
        }
    }

    private async Task RecordAsync(ClaimedEffect effect, SendOutcome outcome)
    {
        if (outcome is SendLeft)
            return;
        DateTimeOffset now = _clock.Now;
        Ending ending = EndingOf(effect, outcome, now);
        try
        {
            await WriteAsync(effect, ending, now);
        }
        catch (PostgresException fault) when (fault.MessageText == "lease lost")
        {
            Log.LeaseLost(_logger, effect.Id, effect.Attempt, ending.State);
        }
    }

    private Ending EndingOf(ClaimedEffect effect, SendOutcome outcome, DateTimeOffset now) => outcome switch
    {
        SendAccepted accepted => new("accepted", accepted.Answer) { Result = accepted.Result },
        SendRejected rejected => new("rejected", rejected.Answer) { Result = rejected.Result },
        SendUncertain uncertain => new("uncertain", uncertain.Reason),
        SendLater later => new("pending", later.Reason) { DueAt = now + later.After, FailingSince = effect.FailingSince },
        SendAgain again => Failed(again, effect.FailingSince ?? now, now),
        _ => throw new InvalidOperationException($"EngagementFlows bug: an attempt cannot end as '{outcome.GetType()}'."),
    };

    private Ending Failed(SendAgain again, DateTimeOffset since, DateTimeOffset now)
    {
        if (SendBackoff.After(now - since, _options.RetryAfter) is not { } rest)
            return new("rejected", $"Given up after {SendBackoff.Patience.TotalDays:0} days of attempts. The last one: {again.Reason}");
        rest = again.RetryAfter ?? rest;
        return new("pending", again.Reason) { DueAt = now + (rest < LongestRest ? rest : LongestRest), FailingSince = since };
    }

    private async Task WriteAsync(ClaimedEffect effect, Ending ending, DateTimeOffset now)
    {
        await using NpgsqlBatch batch = _dataSource.CreateBatch();
        batch.BatchCommands.Add(EndSending.Create(effect, _owner, ending.State, ending.Answer, ending.DueAt, ending.FailingSince, now));
        WebhookFact? fact = effect.Kind == "mail" && ending.State == "rejected" && Webhooks?.Wants(WebhookKinds.MailRejected) != false
            ? new(WebhookKinds.MailRejected, effect.Id, [new("mailId", effect.Id), new("instanceId", effect.InstanceId)])
            : null;
        if (fact is not null)
            batch.BatchCommands.Add(InsertWebhookDeliveries.Create([fact], now));
        if (ending.Result is not null)
            batch.BatchCommands.Add(InsertInboxRows.Create([InboxRow.For(ending.Result, TimeOrderedId.Derive(effect.Id, "result"), now)], now));
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        if (ending.Result is not null)
            _signals.InboxDue(now);
        if (fact is not null)
            _signals.OutboxDue();
        if (ending.DueAt is { } due)
            _signals.Outbox.Hint(due);
    }

    private sealed record Ending(string State, string? Answer)
    {
        public DateTimeOffset? DueAt { get; init; }

        public DateTimeOffset? FailingSince { get; init; }

        public Stimulus? Result { get; init; }
    }
}
