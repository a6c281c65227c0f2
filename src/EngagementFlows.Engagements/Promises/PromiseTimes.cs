using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Promises;

/// <summary>What is promised for a kind of case.</summary>
/// <param name="Answer">The time until somebody answers, as <see cref="Duration"/> reads it.</param>
/// <param name="Solution">The time until a solution is proposed.</param>
public sealed record PromiseTimes(string Answer, string Solution)
{
    /// <summary>The name of the first figure.</summary>
    public const string OfAnswer = "answer";

    /// <summary>The name of the second figure.</summary>
    public const string OfSolution = "solution";

    /// <summary>Returns what people call a figure.</summary>
    public static LocalizedText NameOf(string figure) => figure == OfSolution ? new("Solution", "方案") : new("Answer", "答复");

    /// <summary>Returns the figure of that name.</summary>
    public string Of(string figure) => figure == OfSolution ? Solution : Answer;

    /// <summary>Returns what is wrong with the times, or <see langword="null"/>.</summary>
    public string? Fault() => Duration.FaultOf(Answer) ?? Duration.FaultOf(Solution);
}
