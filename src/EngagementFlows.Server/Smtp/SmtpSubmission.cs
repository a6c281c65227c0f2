namespace EngagementFlows.Server.Smtp;

/// <summary>Submits messages to the configured mail server over a few connections that are kept and reused; safe for many callers at once.</summary>
/// <remarks>Limits count for this process: processes that share a database share nothing here.</remarks>
internal sealed partial class SmtpSubmission : IAsyncDisposable
{
    // Servers hang up after minutes; a line quiet for this long is asked before it is trusted with a message.
    private static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseAfter = TimeSpan.FromSeconds(30);

    private readonly SmtpOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<SmtpSubmission> _logger;
    private readonly SmtpAccessTokens? _tokens;
    private readonly long _started;
    private readonly HostPause _pause = new();
    private readonly HourlyBudget _budget;
    private readonly SemaphoreSlim _slots;
    private readonly Lock _guard = new();
    private readonly List<(SmtpSession Session, TimeSpan Since)> _idle = [];
    private readonly ITimer _closing;
    private bool _isDisposed;

    /// <param name="options">Valid settings.</param>
    /// <param name="http">Fetches access tokens; used only with <see cref="SmtpOptions.OAuth"/> and not disposed here.</param>
    /// <param name="clock">Time for waiting.</param>
    /// <param name="logger">Told of connections, never of addresses or contents.</param>
    public SmtpSubmission(SmtpOptions options, HttpClient http, TimeProvider clock, ILogger<SmtpSubmission> logger)
    {
        _options = options;
        _clock = clock;
        _logger = logger;
        _tokens = options.OAuth is null ? null : new SmtpAccessTokens(options.OAuth, http, clock);
        _started = clock.GetTimestamp();
        _budget = new HourlyBudget(options.MessagesPerHour);
        _slots = new SemaphoreSlim(options.MaxConnections);
        _closing = clock.CreateTimer(_ => _ = CloseIdleAsync(CloseAfter), null, CloseAfter, CloseAfter);
    }

    private TimeSpan Now => _clock.GetElapsedTime(_started);

    /// <summary>Submits one message; waits for a free connection if all are in use.</summary>
    /// <param name="message">The message.</param>
    /// <param name="onSending">Awaited once, just before MAIL FROM; <see langword="false"/> = nothing is sent. What it throws comes through, and nothing is sent either.</param>
    /// <param name="cancellationToken">Ends the waiting; once the whole message is sent, its answer is still waited for a few seconds.</param>
    /// <exception cref="OperationCanceledException">The caller gave up before <paramref name="onSending"/> was called.</exception>
    public async Task<SubmissionResult> SubmitAsync(SmtpMessage message, Func<CancellationToken, Task<bool>> onSending, CancellationToken cancellationToken)
    {
        if (SmtpEnvelope.TryCreate(message, out string fault) is not { } envelope)
            return new SubmissionResult.Rejected(fault);

        MessageContent content = MessageContent.Inspect(message.Content, out fault);
        if (fault.Length > 0)
            return new SubmissionResult.Rejected(fault);

        await _slots.WaitAsync(cancellationToken);
        try
        {
            return await SubmitAsync(envelope, content, onSending, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Closes the connections that nobody used for <paramref name="atLeast"/>.</summary>
    public async Task CloseIdleAsync(TimeSpan atLeast)
    {
        List<SmtpSession> old = [];
        lock (_guard)
        {
            TimeSpan now = Now;
            for (int at = _idle.Count - 1; at >= 0; at--)
            {
                if (now - _idle[at].Since < atLeast)
                    continue;
                old.Add(_idle[at].Session);
                _idle.RemoveAt(at);
            }
        }

        await Task.WhenAll(old.Select(session => session.QuitAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        lock (_guard)
            _isDisposed = true;
        await _closing.DisposeAsync();
        await CloseIdleAsync(TimeSpan.Zero);
        _tokens?.Dispose();
    }

    private async Task<SubmissionResult> SubmitAsync(
        SmtpEnvelope envelope, MessageContent content, Func<CancellationToken, Task<bool>> onSending, CancellationToken cancellationToken)
    {
        if (!_budget.TryTake(Now, out TimeSpan wait))
            return new SubmissionResult.Postponed($"The limit of {_options.MessagesPerHour:N0} messages per hour ({SmtpOptions.Section}:MessagesPerHour) is reached.", wait);

        SmtpSession? session = null;
        int before = 0;
        try
        {
            session = await TakeIdleAsync();
            if (session is null)
            {
                if (_pause.Current(Now) is { } current)
                    return new SubmissionResult.NotAccepted(current.Reason, current.Left);
                TimeSpan triedAt = Now;
                try
                {
                    session = await OpenAsync(cancellationToken);
                }
                catch (SmtpBrokenException failure)
                {
                    return NotConnected(triedAt, failure);
                }
            }

            before = session.Messages;
            SubmissionResult result = await session.SubmitAsync(envelope, content, onSending, cancellationToken);
            if (result is SubmissionResult.Uncertain)
                LogUncertain(_options.Server);
            return result;
        }
        finally
        {
            if (session is null || session.Messages == before)
                _budget.GiveBack();
            if (session is not null)
                GiveBack(session);
        }
    }

    private async Task<SmtpSession> OpenAsync(CancellationToken cancellationToken)
    {
        SmtpSession session = await SmtpSession.OpenAsync(_options, _tokens, _clock, null, cancellationToken);
        _pause.Succeeded();
        LogOpened(_options.Server, session.Offered.Words);
        return session;
    }

    private SubmissionResult.NotAccepted NotConnected(TimeSpan triedAt, SmtpBrokenException failure)
    {
        string reason = $"Mail server '{_options.Server}': {failure.Message}";
        TimeSpan left = _pause.Failed(triedAt, Now, reason);
        LogNotConnected(_options.Server, failure.Message, left);
        return new SubmissionResult.NotAccepted(reason, left);
    }

    private async Task<SmtpSession?> TakeIdleAsync()
    {
        while (true)
        {
            SmtpSession session;
            TimeSpan since;
            lock (_guard)
            {
                if (_idle.Count == 0)
                    return null;
                (session, since) = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
            }

            if (session.Messages >= _options.MessagesPerConnection)
                await session.QuitAsync();
            else if (await session.PrepareAsync(wasQuiet: Now - since >= QuietAfter))
                return session;
            else
                session.Dispose();
        }
    }

    private void GiveBack(SmtpSession session)
    {
        lock (_guard)
        {
            if (session.IsUsable && !_isDisposed)
            {
                _idle.Add((session, Now));
                return;
            }
        }

        session.Dispose();
    }
}
