using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>The names of the rules for flows that face clients. What can leave a client waiting, unable to read or without protection blocks; what only annoys warns.</summary>
public static class LintRules
{
    /// <summary>Somebody is waited for without an end, or an end that leads nowhere. Blocks.</summary>
    public const string WaitWithoutTimeOut = FaultRules.WaitWithoutTimeOut;

    /// <summary>An event is waited for without an end. Blocks.</summary>
    public const string EventWithoutLimit = FaultRules.EventWithoutLimit;

    /// <summary>An expression or a mail reads a variable that there is not. Blocks.</summary>
    public const string UndefinedVariable = FaultRules.UndefinedVariable;

    /// <summary>A mail is missing in one of the languages. Blocks.</summary>
    public const string MailWithoutLanguage = "mail-without-language";

    /// <summary>A link works so long that it never really ends. Blocks.</summary>
    public const string LinkWithoutExpiry = "link-without-expiry";

    /// <summary>A loop in which nothing counts and no member of staff decides. Blocks if it reaches the client, else warns.</summary>
    public const string LoopWithoutLimit = "loop-without-limit";

    /// <summary>An approval that whoever made the request could give himself; of several workers before it one name is enough, since nobody can tell whose work is approved. Blocks.</summary>
    public const string ApprovalByRequester = "approval-by-requester";

    /// <summary>A mail that a clock sends at any hour of any day, after a delay, a time-out or as a reminder: nothing holds mails back until people work. Warns.</summary>
    public const string TimerOutsideWorkingTime = "timer-outside-working-time";
}
