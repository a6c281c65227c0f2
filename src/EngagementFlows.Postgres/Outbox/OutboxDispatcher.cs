using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Postgres.Inbox;
using EngagementFlows.Postgres.Instances;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>Carries effects out of the database: pending → claimed → sending → accepted, rejected, pending again or uncertain.</summary>
/// <remarks>
/// Safe in any number of processes. At most one message per effect key is accepted by the other side; the window between its acceptance and our record is the
/// state <c>sending</c>, and whatever is found there without an owner is uncertain and goes to a person. What may throw: the database; what is in hand then
/// runs into its lease. Shutdown: no new claims; an attempt that has begun is carried to its end.
/// </remarks>
public sealed partial class OutboxDispatcher
{
    private const int GroupLimit = 16;

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

    /// <summary>Dispatches until it is stopped.</summary>
    public async Task RunAsync(TimeSpan poll, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await RunOnceAsync(cancellationToken) > 0)
                    continue;
                if (await NextOutboxDue.ExecuteAsync(_dataSource, cancellationToken) is { } next && next > _clock.Now)
                    _signals.Outbox.Hint(next);
                await _signals.Outbox.WaitAsync(poll, cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Log.RoundFailed(_logger, fault);
                await Task.Delay(TimeSpan.FromSeconds(1), _clock.Time, cancellationToken);
            }
        }
    }

    /// <summary>Rescues expired leases, then claims and tries one group of due effects; returns how many were claimed.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (await ExpireOutboxLeases.ExecuteAsync(_dataSource, _clock.ForStatements, cancellationToken) is var expired and > 0)
            Log.LeasesExpired(_logger, expired);
        List<ClaimedEffect> claimed = await ClaimOutboxEntries.ExecuteAsync(_dataSource, GroupLimit, _owner, _options.ClaimLease, _clock.ForStatements, cancellationToken);
        await Task.WhenAll(claimed.Select(effect => TryAsync(effect, cancellationToken)));
        return claimed.Count;
    }

    private async Task TryAsync(ClaimedEffect effect, CancellationToken cancellationToken)
    {
        bool hasBegun = false;
        SendOutcome outcome;
        try
        {
            outcome = _senders.TryGetValue(effect.Kind, out IEffectSender? sender)
                ? await sender.SendAsync(effect, BeginAsync, cancellationToken)
                : new SendAgain($"This process has no sender for effects of kind '{effect.Kind}'.");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Before the beginning nothing can have been taken; after it, nobody knows.
            Log.AttemptFailed(_logger, fault, effect.EffectKey, effect.Attempt);
            outcome = hasBegun ? new SendUncertain($"The attempt broke off: {fault.Message}") : new SendAgain(fault.Message);
        }

        await RecordAsync(effect, outcome);

        async Task<bool> BeginAsync(CancellationToken token)
        {
            hasBegun = await BeginSending.ExecuteAsync(_dataSource, effect, _owner, _options.SendingLease, _clock.ForStatements, token);
            return hasBegun;
        }
    }

    private async Task RecordAsync(ClaimedEffect effect, SendOutcome outcome)
    {
        DateTimeOffset now = _clock.Now;
        (string State, string? Answer, DateTimeOffset? DueAt, Stimulus? Result) end = outcome switch
        {
            SendAccepted accepted => ("accepted", accepted.Answer, null, accepted.Result),
            SendRejected rejected => ("rejected", rejected.Answer, null, rejected.Result),
            SendUncertain uncertain => ("uncertain", uncertain.Reason, null, null),
            SendAgain again when SendBackoff.After(effect.Attempt, _options.RetryAfter) is { } rest => ("pending", again.Reason, now + rest, null),
            SendAgain again => ("rejected", $"Given up after {effect.Attempt} attempts: {again.Reason}", null, null),
            SendLeft => ("", null, null, null),
            _ => throw new InvalidOperationException($"EngagementFlows bug: an attempt cannot end as '{outcome.GetType()}'."),
        };
        if (end.State.Length == 0)
            return;
        try
        {
            await WriteAsync(effect, end.State, end.Answer, end.DueAt, end.Result, now);
        }
        catch (PostgresException fault) when (fault.MessageText == "lease lost")
        {
            Log.LeaseLost(_logger, effect.EffectKey, effect.Attempt, end.State);
        }
    }

    private async Task WriteAsync(ClaimedEffect effect, string state, string? answer, DateTimeOffset? dueAt, Stimulus? result, DateTimeOffset now)
    {
        await using NpgsqlBatch batch = _dataSource.CreateBatch();
        batch.BatchCommands.Add(EndSending.Create(effect, _owner, state, answer, dueAt, now));
        if (result is not null)
            batch.BatchCommands.Add(InsertInboxRows.Create([InboxRow.For(result, TimeOrderedId.Derive(effect.Id, "result"), now)], now));
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        if (result is not null)
            _signals.InboxDue(now);
    }
}
