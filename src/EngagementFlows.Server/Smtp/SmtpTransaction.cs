using System.Buffers;

namespace EngagementFlows.Server.Smtp;

/// <summary>One MAIL – RCPT – DATA – message over an open session: where "surely not accepted" and "perhaps accepted" are told apart.</summary>
/// <remarks><c>began</c> is the instant at which <c>onSending</c> was called. Its yes has a lease: a process that was paused meanwhile must not send the
/// end of a message that may be somebody else's by now.</remarks>
internal sealed class SmtpTransaction(SmtpChannel channel, SmtpDeadline deadline, SmtpOptions options, bool pipelining, long began)
{
    private const int PieceBytes = 32 * 1024;
    private static readonly string[] Verbs = ["MAIL", "RCPT", "DATA"];
    // A stopping process waits for an answer that is on its way: without it the message goes to a person.
    private static readonly TimeSpan GraceForAnswer = TimeSpan.FromSeconds(5);

    private readonly Lock _phase = new();
    private bool _endIsSent;
    private bool _wasStopped;

    private TimeSpan Elapsed => deadline.Clock.GetElapsedTime(began);

    private bool IsTooLate => Elapsed > options.LatestEnd;

    /// <summary>Gets whether the session is of no more use.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Ends the transaction because the process stops: at once before the message's end was sent, else after a short wait for the answer.</summary>
    public void Stop()
    {
        lock (_phase)
        {
            _wasStopped = true;
            deadline.Stop(_endIsSent ? GraceForAnswer : TimeSpan.Zero);
        }
    }

    public async Task<SubmissionResult> RunAsync(string mail, string rcpt, MessageContent content)
    {
        try
        {
            if (IsTooLate)
                throw TooLate();
            return await AnnounceAsync(mail, rcpt) ?? await DeliverAsync(content);
        }
        catch (SmtpBrokenException fault)
        {
            IsBroken = true;
            return _endIsSent
                ? new SubmissionResult.Uncertain($"The whole message was sent, but whether the server took it is not known. {fault.Message}")
                : new SubmissionResult.NotAccepted(fault.Message);
        }
    }

    /// <summary>Sends the three commands, at once if the server allows it, and returns the first refusal.</summary>
    private async Task<SubmissionResult?> AnnounceAsync(string mail, string rcpt)
    {
        string[] commands = [mail, rcpt, "DATA"];
        channel.ForbidUnaskedInput("MAIL");
        if (pipelining)
        {
            deadline.Arm(options.Timeout);
            await channel.SendLinesAsync("MAIL", commands);
        }

        SubmissionResult? refusal = null;
        for (int at = 0; at < commands.Length; at++)
        {
            SmtpReply reply;
            try
            {
                reply = await AnswerAsync(Verbs[at], commands[at]);
            }
            catch (SmtpBrokenException) when (refusal is not null)
            {
                // The refusal stands; only the session is lost.
                IsBroken = true;
                return refusal;
            }

            // DATA was let in behind a refused MAIL or RCPT: only hanging up ends it without giving the server a message to nobody.
            IsBroken |= reply.IsGoodbye || (refusal is not null && reply.Code == 354);
            refusal ??= SmtpVerdict.OfCommand(Verbs[at], reply);
            if (refusal is not null && !pipelining)
                break;
        }

        return refusal;
    }

    private async Task<SmtpReply> AnswerAsync(string verb, string command)
    {
        if (!pipelining)
            return await channel.AskAsync(verb, command);

        deadline.Arm(options.Timeout);
        return await channel.ReadReplyAsync(verb);
    }

    private async Task<SubmissionResult> DeliverAsync(MessageContent content)
    {
        channel.ForbidUnaskedInput("the message");
        deadline.Arm(options.LongestContent);
        // Read from now on: an answer or a hang-up that comes before the end is sent makes the ending certain.
        Task<SmtpReply> answer = channel.ReadReplyAsync("the message");
        ReadOnlyMemory<byte> terminator;
        try
        {
            terminator = await SendContentAsync(content.Bytes, answer);
        }
        catch (SmtpBrokenException fault)
        {
            // Often the server said why before it hung up: what it said is already here, or lost.
            deadline.Arm(TimeSpan.FromSeconds(1));
            return await UnfinishedAsync(answer, fault);
        }

        if (!MayEnd(answer))
        {
            deadline.Expire();
            return await UnfinishedAsync(answer, IsTooLate ? TooLate() : null);
        }

        await SendEndAsync(terminator, answer);
        SmtpReply reply = await answer;
        IsBroken |= reply.IsGoodbye || channel.HasBufferedInput || reply.Code is < 200 or (>= 300 and < 400);
        return SmtpVerdict.OfMessage(reply);
    }

    /// <summary>Decides, once and for all, that the end is going to be sent.</summary>
    private bool MayEnd(Task<SmtpReply> answer)
    {
        lock (_phase)
        {
            if (answer.IsCompleted || _wasStopped || IsTooLate)
                return false;

            _endIsSent = true;
            deadline.Arm(options.LongestSending - Elapsed);
            return true;
        }
    }

    private async Task<ReadOnlyMemory<byte>> SendContentAsync(ReadOnlyMemory<byte> content, Task<SmtpReply> answer)
    {
        DotStuffer stuffer = new();
        byte[] encoded = ArrayPool<byte>.Shared.Rent(2 * PieceBytes);
        try
        {
            for (int at = 0; at < content.Length && !answer.IsCompleted; at += PieceBytes)
            {
                int length = stuffer.Encode(content.Span.Slice(at, Math.Min(PieceBytes, content.Length - at)), encoded);
                Task sent = channel.SendAsync("the message", encoded.AsMemory(0, length));
                // A server that answered and reads no more would leave the rest waiting until its time is over.
                if (!sent.IsCompleted && await Task.WhenAny(sent, answer) == answer)
                    deadline.Expire();
                await sent;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(encoded);
        }

        return stuffer.Terminator;
    }

    private async Task SendEndAsync(ReadOnlyMemory<byte> terminator, Task<SmtpReply> answer)
    {
        try
        {
            // A write of its own: whatever failed before it, the server cannot have seen an end.
            await channel.SendAsync("the end of the message", terminator);
        }
        catch (SmtpBrokenException)
        {
            IsBroken = true;
            // An answer that crossed the end on its way is what counts.
            if (await ObserveAsync(answer) is not null)
                throw;
        }
    }

    private async Task<SubmissionResult> UnfinishedAsync(Task<SmtpReply> answer, SmtpBrokenException? fault)
    {
        IsBroken = true;
        SmtpBrokenException? readFault = await ObserveAsync(answer);
        return answer.IsCompletedSuccessfully
            ? SmtpVerdict.OfUnfinishedMessage(await answer)
            : new SubmissionResult.NotAccepted((fault ?? readFault!).Message);
    }

    private SmtpBrokenException TooLate() =>
        new($"More than {options.LatestEnd} passed since the message was to be sent: it may have been taken over by another process.");

    private static async Task<SmtpBrokenException?> ObserveAsync(Task<SmtpReply> answer)
    {
        try
        {
            await answer;
            return null;
        }
        catch (SmtpBrokenException fault)
        {
            return fault;
        }
    }
}
