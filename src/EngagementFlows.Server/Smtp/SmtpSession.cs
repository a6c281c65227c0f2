using System.Net.Sockets;

namespace EngagementFlows.Server.Smtp;

/// <summary>One connection that is greeted, encrypted and signed in, ready for messages one after another; for one user at a time.</summary>
internal sealed class SmtpSession : IDisposable
{
    private readonly SmtpOptions options;
    private readonly SmtpChannel channel;
    private readonly SmtpDeadline deadline;
    private bool isBroken;
    private bool needsReset;

    private SmtpSession(SmtpOptions options, SmtpChannel channel, SmtpDeadline deadline)
    {
        this.options = options;
        this.channel = channel;
        this.deadline = deadline;
    }

    public SmtpExtensions Offered { get; private set; } = SmtpExtensions.None;

    /// <summary>Gets how many transactions were begun.</summary>
    public int Messages { get; private set; }

    /// <summary>Gets whether the line may carry another message.</summary>
    public bool IsUsable => !isBroken && !channel.HasUnaskedInput;

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

        needsReset = true;
        if (!await onSending(cancellationToken))
            return new SubmissionResult.Withheld();

        Messages++;
        SmtpTransaction transaction = new(channel, deadline, options, Offered.Pipelining);
        SubmissionResult result;
        await using (cancellationToken.UnsafeRegister(_ => transaction.Stop(), null))
        {
            result = await transaction.RunAsync(envelope.MailCommand(content, Offered), envelope.RcptCommand, content);
        }

        deadline.Disarm();
        isBroken |= transaction.IsBroken || deadline.Token.IsCancellationRequested;
        needsReset = result is not SubmissionResult.Accepted;
        return result;
    }

    /// <summary>Makes the session ready for the next message; RSET takes back what the last one left begun and shows whether a line long quiet still lives.</summary>
    /// <remarks>Not done right after a message: its result must not wait for it.</remarks>
    public async Task<bool> PrepareAsync(bool wasQuiet)
    {
        if (!IsUsable)
            return false;
        if (!needsReset && !wasQuiet)
            return true;

        try
        {
            isBroken = (await channel.AskAsync("RSET", "RSET")).Code != 250;
            deadline.Disarm();
            needsReset = false;
        }
        catch (SmtpBrokenException)
        {
            // Told by the result: the caller takes another connection.
            isBroken = true;
        }

        return !isBroken;
    }

    /// <summary>Says good-bye and closes; a line that is broken is only closed.</summary>
    public async Task<string> QuitAsync()
    {
        try
        {
            return isBroken ? "The connection is closed." : (await channel.AskAsync("QUIT", "QUIT")).Words;
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
        isBroken = true;
        channel.Dispose();
        deadline.Dispose();
    }

    private async Task IntroduceAsync(SmtpAccessTokens? tokens, Action<SmtpStep>? onStep)
    {
        if (options.UsesImplicitTls)
            await EncryptAsync(onStep);

        deadline.Arm(options.Timeout);
        SmtpReply greeting = await channel.ReadReplyAsync("the connection");
        Expect("the connection", greeting, 220);
        onStep?.Invoke(new SmtpStep("greeting", true, $"The server greets: '{greeting.Words}'."));
        await HelloAsync();
        if (options.UsesStartTls)
        {
            await StartTlsAsync();
            await EncryptAsync(onStep);
            // What was offered in clear may have been written by anybody: RFC 3207 §4.2.
            await HelloAsync();
        }

        onStep?.Invoke(new SmtpStep("offers", true, $"The server offers: {Offered.Words}."));
        if (options.UserName is not null)
        {
            string mechanism = await new SmtpSignIn(options, tokens).RunAsync(channel, Offered, deadline.Token);
            onStep?.Invoke(new SmtpStep("sign-in", true, $"Signed in as '{options.UserName}' with {mechanism}."));
        }
    }

    private async Task HelloAsync()
    {
        string name = options.ClientName ?? AddressLiteral();
        SmtpReply reply = await channel.AskAsync("EHLO", $"EHLO {name}");
        Expect("EHLO", reply, 250);
        Offered = SmtpExtensions.Read(reply);
    }

    private async Task StartTlsAsync()
    {
        if (!Offered.StartTls)
            throw new SmtpBrokenException(
                $"The server does not offer STARTTLS, and nothing is sent without encryption. If that is its way, set {SmtpOptions.Section}:Security to 'Tls' (port 465) or 'None'.");
        Expect("STARTTLS", await channel.AskAsync("STARTTLS", "STARTTLS"), 220);
        // Words put behind the 220 by somebody on the way would count as said under TLS.
        channel.ForbidUnaskedInput("the TLS handshake");
    }

    private async Task EncryptAsync(Action<SmtpStep>? onStep)
    {
        deadline.Arm(options.Timeout);
        await SmtpTls.EncryptAsync(channel, options, deadline);
        onStep?.Invoke(new SmtpStep("tls", true, $"Encrypted: {SmtpTls.Describe(channel.Tls!)}."));
    }

    private string AddressLiteral() =>
        channel.LocalAddress is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } v6 ? $"[IPv6:{v6}]" : $"[{channel.LocalAddress.MapToIPv4()}]";

    private static void Expect(string verb, SmtpReply reply, int code)
    {
        if (reply.Code != code)
            throw new SmtpBrokenException($"The server answered {verb} with '{reply.Words}'.");
    }
}
