namespace EngagementFlows.CrashDrill.Sink;

/// <summary>How the sink treats messages at the moment.</summary>
internal enum SinkMode
{
    /// <summary>Takes each message, writes it down, then says so.</summary>
    Honest,

    /// <summary>Takes and writes down, then hangs up without an answer.</summary>
    DropAfterRecord,

    /// <summary>Hangs up at the end of the message without having taken it.</summary>
    DropBeforeRecord,

    /// <summary>Answers each message late.</summary>
    Slow,

    /// <summary>Refuses for now (451) at MAIL, RCPT, DATA or the message's end, by chance.</summary>
    RefuseForNow,

    /// <summary>Refuses for good (554) at the end of the message; a person sees it in the mailbox.</summary>
    RefuseForGood,

    /// <summary>Answers a message that it took twice.</summary>
    AnswerTwice,
}
