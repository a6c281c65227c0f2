namespace EngagementFlows.Server.Smtp;

/// <summary>How one submission ended; a closed set, so that nobody resends what the server may have.</summary>
internal abstract record SubmissionResult
{
    private SubmissionResult()
    {
    }

    /// <summary>The server took the message over.</summary>
    /// <param name="ServerReply">Its answer to the whole message.</param>
    public sealed record Accepted(string ServerReply) : SubmissionResult;

    /// <summary>This message or its recipient was refused for good: for a person, not for a retry.</summary>
    /// <param name="Words">The server's answer, or what forbids sending it to this server at all.</param>
    public sealed record Rejected(string Words) : SubmissionResult;

    /// <summary>The server surely does not have the message: it may be tried again.</summary>
    /// <param name="Reason">What happened, in a sentence with the server's words.</param>
    /// <param name="RetryAfter">No sooner than this; <see langword="null"/> = as the caller's back-off says.</param>
    public sealed record NotAccepted(string Reason, TimeSpan? RetryAfter = null) : SubmissionResult;

    /// <summary>Nothing was tried, because a limit of ours is reached.</summary>
    /// <param name="Reason">Which limit.</param>
    /// <param name="After">When there is room again.</param>
    public sealed record Postponed(string Reason, TimeSpan After) : SubmissionResult;

    /// <summary>The whole message was sent and no answer came: the server may have it. Never to be sent again without a person's decision.</summary>
    /// <param name="Reason">What happened after the message's end was sent.</param>
    public sealed record Uncertain(string Reason) : SubmissionResult;

    /// <summary><c>onSending</c> said no: nothing of the message was sent.</summary>
    public sealed record Withheld : SubmissionResult;
}
