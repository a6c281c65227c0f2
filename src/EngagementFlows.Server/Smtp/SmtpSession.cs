using System.Net.Sockets;

namespace EngagementFlows.Server.Smtp;

/// <summary>One connection that is greeted, encrypted and signed in, ready for messages one after another; for one user at a time.</summary>
internal sealed class SmtpSession : IDisposable
{
    private readonly SmtpOptions _options;
    private readonly SmtpChannel _channel;
    private readonly SmtpDeadline _deadline;
    private bool _isBroken;
    private bool _needsReset;

    private SmtpSession(SmtpOptions options, SmtpChannel channel, SmtpDeadline deadline)
    {
        _options = options;
        _channel = channel;
        _deadline = deadline;
    }

    public SmtpExtensions Offered { get; private set; } = SmtpExtensions.None;

    /// <summary>Gets how many transactions were begun.</summary>
    public int Messages { get; private set; }

    /// <summary>Gets whether the line may carry another message.</summary>
    public bool IsUsable => !_isBroken && !_channel.HasUnaskedInput;

    /// <summary>Connects and goes through greeting, EHLO, TLS and sign-in, telling <paramref name="onStep"/> of each step that succeeded.</summary>
    /// <exception cref="SmtpBrokenException">A step failed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<SmtpSession> OpenAsync(
        SmtpOptions options, SmtpAccessTokens? tokens, TimeProvider clock, Action<SmtpStep>? onStep, CancellationToken cancellationToken)
    {
        SmtpDeadline deadline = new(clock);
        await using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(_ => deadline.Stop(TimeSpan.Zero), null);
        SmtpChannel? channel = null;
        try
        {
            deadline.Arm(options.Timeout);
            Socket socket = await SmtpDial.ConnectAsync(options, deadline, clock);
            channel = new SmtpChannel(socket, deadline, options.Timeout);
            onStep?.Invoke(new SmtpStep("connect", true, $"Connected to {options.Host} at {socket.RemoteEndPoint}."));
            SmtpSession session = new(options, channel, deadline);
            await session.IntroduceAsync(tokens, onStep);
            deadline.Disarm();
            return session;
        }
        catch (Exception fault)
        {
            // First of all: a stop that comes now must not meet a deadline that is gone.
            await stop.DisposeAsync();
            channel?.Dispose();
            deadline.Dispose();
            if (fault is SmtpBrokenException)
                cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>Submits one message; the session is then ready for the next one or not usable any more.</summary>
    /// <remarks>Throws nothing but what <paramref name="onSending"/> throws.</remarks>
    public async Task<SubmissionResult> SubmitAsync(
        SmtpEnvelope envelope, MessageContent content, Func<CancellationToken, Task<bool>> onSending, CancellationToken cancellationToken)
    {
        if (envelope.Obstacle(content, Offered) is { } obstacle)
            return new SubmissionResult.Rejected(obstacle);

        _needsReset = true;
        long began = _deadline.Clock.GetTimestamp();
        if (!await onSending(cancellationToken))
            return new SubmissionResult.Withheld();

        Messages++;
        SmtpTransaction transaction = new(_channel, _deadline, _options, Offered.Pipelining, began);
        SubmissionResult result;
        await using (cancellationToken.UnsafeRegister(_ => transaction.Stop(), null))
        {
            result = await transaction.RunAsync(envelope.MailCommand(content, Offered), envelope.RcptCommand, content);
        }

        _deadline.Disarm();
        _isBroken |= transaction.IsBroken || _deadline.Token.IsCancellationRequested;
        _needsReset = result is not SubmissionResult.Accepted;
        return result;
    }

    /// <summary>Makes the session ready for the next message; RSET takes back what the last one left begun and shows whether a line long quiet still lives.</summary>
    /// <remarks>Not done right after a message: its result must not wait for it.</remarks>
    public async Task<bool> PrepareAsync(bool wasQuiet)
    {
        if (!IsUsable)
            return false;
        if (!_needsReset && !wasQuiet)
            return true;

        try
        {
            _isBroken = (await _channel.AskAsync("RSET", "RSET")).Code != 250;
            _deadline.Disarm();
            _needsReset = false;
        }
        catch (SmtpBrokenException)
        {
            // Told by the result: the caller takes another connection.
            _isBroken = true;
        }

        return !_isBroken;
    }

    /// <summary>Says good-bye and closes; a line that is broken is only closed.</summary>
    public async Task<string> QuitAsync()
    {
        try
        {
            return _isBroken ? "The connection is closed." : (await _channel.AskAsync("QUIT", "QUIT")).Words;
        }
        catch (SmtpBrokenException fault)
        {
            // Nothing is at stake any more; the probe shows it.
            return fault.Message;
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _isBroken = true;
        _channel.Dispose();
        _deadline.Dispose();
    }

    private async Task IntroduceAsync(SmtpAccessTokens? tokens, Action<SmtpStep>? onStep)
    {
        if (_options.UsesImplicitTls)
            await EncryptAsync(onStep);

        _deadline.Arm(_options.Timeout);
        SmtpReply greeting = await _channel.ReadReplyAsync("the connection");
        Expect("the connection", greeting, 220);
        onStep?.Invoke(new SmtpStep("greeting", true, $"The server greets: '{greeting.Words}'."));
        await HelloAsync();
        if (_options.UsesStartTls)
        {
            await StartTlsAsync();
            await EncryptAsync(onStep);
            // What was offered in clear may have been written by anybody: RFC 3207 §4.2.
            await HelloAsync();
        }

        onStep?.Invoke(new SmtpStep("offers", true, $"The server offers: {Offered.Words}."));
        if (_options.UserName is not null)
        {
            string mechanism = await new SmtpSignIn(_options, tokens).RunAsync(_channel, Offered, _deadline.Token);
            onStep?.Invoke(new SmtpStep("sign-in", true, $"Signed in as '{_options.UserName}' with {mechanism}."));
        }
    }

    private async Task HelloAsync()
    {
        string name = _options.ClientName ?? AddressLiteral();
        SmtpReply reply = await _channel.AskAsync("EHLO", $"EHLO {name}");
        Expect("EHLO", reply, 250);
        Offered = SmtpExtensions.Read(reply);
    }

    private async Task StartTlsAsync()
    {
        if (!Offered.StartTls)
            throw new SmtpBrokenException(
                $"The server does not offer STARTTLS, and nothing is sent without encryption. If that is its way, set {SmtpOptions.Section}:Security to 'Tls' (port 465) or 'None'.");
        Expect("STARTTLS", await _channel.AskAsync("STARTTLS", "STARTTLS"), 220);
        // Words put behind the 220 by somebody on the way would count as said under TLS.
        _channel.ForbidUnaskedInput("the TLS handshake");
    }

    private async Task EncryptAsync(Action<SmtpStep>? onStep)
    {
        _deadline.Arm(_options.Timeout);
        await SmtpTls.EncryptAsync(_channel, _options, _deadline);
        onStep?.Invoke(new SmtpStep("tls", true, $"Encrypted: {SmtpTls.Describe(_channel.Tls!)}."));
    }

    private string AddressLiteral() =>
        _channel.LocalAddress is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } v6 ? $"[IPv6:{v6}]" : $"[{_channel.LocalAddress.MapToIPv4()}]";

    private static void Expect(string verb, SmtpReply reply, int code)
    {
        if (reply.Code != code)
            throw new SmtpBrokenException($"The server answered {verb} with '{reply.Words}'.");
    }
}
