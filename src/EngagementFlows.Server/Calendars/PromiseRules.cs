using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engine;

namespace EngagementFlows.Server.Calendars;

/// <summary>Makes rows of the promise table of what people and programs write; a fault is told in both languages.</summary>
internal static class PromiseRules
{
    private const int LongestDuration = 60;

    /// <summary>Reads a row; the fault says what is wrong, <see langword="null"/> if it can be stored.</summary>
    public static PromiseClass? Read(
        string id, long revision, LocalizedText? name, string? answer, string? solution, IReadOnlyList<(int Tier, PromiseTimes Times)> tiers, out LocalizedText? fault)
    {
        fault = PromiseClass.IsId(id)
            ? CalendarRules.FaultOfName(name)
            : new(
                "The id must begin with a small letter and hold only small letters, digits and hyphens, at most 40.",
                "标识须以小写字母开头，只含小写字母、数字和连字符，最多 40 个字符。");
        fault ??= FaultOf(answer) ?? FaultOf(solution);
        foreach ((int tier, PromiseTimes times) in tiers)
        {
            if (tier is < 1 or > 3)
                fault ??= new($"There is no tier '{tier}'. A client has tier 1, 2 or 3.", $"没有等级“{tier}”，客户等级为 1、2 或 3。");
            fault ??= FaultOf(times?.Answer) ?? FaultOf(times?.Solution);
        }

        return fault is null ? new(id, name!, new(Plain(answer!), Plain(solution!)), tiers.ToDictionary(one => one.Tier, one => new PromiseTimes(Plain(one.Times.Answer), Plain(one.Times.Solution))), revision) : null;
    }

    private static LocalizedText? FaultOf(string? text) => text is { Length: <= LongestDuration } && Duration.FaultOf(text) is null
        ? null
        : new(
            $"'{Shown(text)}' is no duration longer than zero. {Duration.Rule}",
            $"“{Shown(text)}”不是大于零的时长，请写成“3 个工作日”“16 个工作小时”，或“3.00:00:00”（三个自然日）。");

    // One spelling in the table, whatever language it was typed in.
    private static string Plain(string text) => Duration.TryParse(text, out Duration? duration) ? duration!.ToString()! : text;

    private static string Shown(string? text) => text is null ? "" : text.Length <= LongestDuration ? text : text[..LongestDuration] + "…";
}
