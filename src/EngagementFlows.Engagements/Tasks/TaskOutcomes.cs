using EngagementFlows.Engine;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>Outcomes of human tasks that have a meaning of their own; flows may name others.</summary>
public static class TaskOutcomes
{
    /// <summary>The work is done.</summary>
    public const string Done = "Done";

    /// <summary>The request is granted.</summary>
    public const string Approved = "Approved";

    /// <summary>The request is refused for good; needs a comment.</summary>
    public const string Rejected = "Rejected";

    /// <summary>The request goes back for more; needs a comment.</summary>
    public const string Returned = "Returned";

    /// <summary>Something is missing; needs a comment, which is what the client is asked for.</summary>
    public const string Incomplete = "Incomplete";

    /// <summary>The meeting did not take place: there is nothing to fill in.</summary>
    public const string Missed = "Missed";

    /// <summary>The matter is given up: there is nothing to fill in.</summary>
    public const string GivenUp = "Give up";

    /// <summary>Nobody did it in time; never chosen by a person.</summary>
    public const string TimedOut = "Timed out";

    /// <summary>Returns the words of a button: those of the flow's author, if he gave any.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="definition">The version of the flow; <see langword="null"/> = it is not known.</param>
    public static LocalizedText NameOf(string outcome, WorkflowDefinition? definition) => definition?.OutcomeNames.GetValueOrDefault(outcome) ?? NameOf(outcome);

    /// <summary>Returns the words of a button; an outcome that a flow named itself is its own text.</summary>
    public static LocalizedText NameOf(string outcome) => outcome switch
    {
        Done => new("Done", "完成"),
        Approved => new("Approve", "批准"),
        Rejected => new("Reject", "拒绝"),
        Returned => new("Return", "退回"),
        TimedOut => new("Timed out", "已超时"),
        "Held" => new("Held", "已举行"),
        Missed => new("Missed", "未举行"),
        "Complete" => new("Complete", "资料齐全"),
        Incomplete => new("Incomplete", "资料不全"),
        "Ask again" => new("Ask again", "再次询问"),
        GivenUp => new("Give up", "放弃"),
        "Agreed" => new("Agreed", "同意"),
        "Write anew" => new("Write anew", "重新撰写"),
        _ => new(outcome, outcome),
    };
}
