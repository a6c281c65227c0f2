namespace EngagementFlows.Server.Smtp;

/// <summary>What an answer of the server means for the message under way; no I/O.</summary>
internal static class SmtpVerdict
{
    /// <summary>Judges the answer to MAIL, RCPT or DATA: <see langword="null"/> = go on.</summary>
    /// <exception cref="SmtpBrokenException">An answer that has no place there.</exception>
    public static SubmissionResult? OfCommand(string verb, SmtpReply reply)
    {
        if (verb == "DATA" ? reply.Code == 354 : reply.IsPositive)
            return null;
        if (reply.IsTransient || (reply.IsPermanent && IsOfTheSession(reply.Code)))
            return new SubmissionResult.NotAccepted($"The server did not take {verb}: '{reply.Words}'.");
        if (reply.IsPermanent)
            return new SubmissionResult.Rejected(reply.Words);
        throw OutOfPlace(verb, reply);
    }

    /// <summary>Judges the answer to the whole message.</summary>
    public static SubmissionResult OfMessage(SmtpReply reply)
    {
        if (reply.IsPositive)
            return new SubmissionResult.Accepted(reply.Words);
        if (reply.IsTransient)
            return new SubmissionResult.NotAccepted($"The server did not take the message: '{reply.Words}'.");
        if (reply.IsPermanent)
            return new SubmissionResult.Rejected(reply.Words);
        return new SubmissionResult.Uncertain($"The whole message was sent, but the server's answer '{reply.Words}' says neither yes nor no.");
    }

    /// <summary>Judges an answer that came before the message's end was sent: the end is not sent any more then.</summary>
    public static SubmissionResult OfUnfinishedMessage(SmtpReply reply)
    {
        if (reply.IsPositive)
            return new SubmissionResult.Uncertain($"The server answered '{reply.Words}' before the message's end was sent: it may have taken a part for the whole.");
        if (reply.IsPermanent)
            return new SubmissionResult.Rejected(reply.Words);
        return new SubmissionResult.NotAccepted($"The server broke the message off: '{reply.Words}'.");
    }

    public static SmtpBrokenException OutOfPlace(string verb, SmtpReply reply) => new($"The server answered {verb} with '{reply.Words}', which has no place there.");

    // About our line to the server, not about this message: sequence (503), sign-in (530, 534, 535, 538), no service (521), syntax of ours (500, 502).
    private static bool IsOfTheSession(int code) => code is 500 or 502 or 503 or 521 or 530 or 534 or 535 or 538;
}
