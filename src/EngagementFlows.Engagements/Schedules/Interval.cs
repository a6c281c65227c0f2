using System.Globalization;
using System.Text.RegularExpressions;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Schedules;

/// <summary>Reads intervals: <c>90 seconds</c>, <c>15 minutes</c>, <c>2 hours</c>, <c>3 days</c>, <c>2 weeks</c>, <c>15分钟</c>, or <c>1.12:00:00</c>.</summary>
/// <remarks>A day here is 24 hours of elapsed time, also when clocks change; for "each day at nine" use cron or a rule.</remarks>
public static partial class Interval
{
    /// <summary>The longest interval.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>Returns the length; <see langword="null"/> with the reason if the text is none of whole seconds from one second to 365 days.</summary>
    public static (TimeSpan? Length, LocalizedText? Problem) Read(string text)
    {
        TimeSpan? length = ByUnit(text) ?? (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) && text.Contains(':', StringComparison.Ordinal) ? span : null);
        if (length is null)
        {
            return (null, new(
                $"The interval '{text}' cannot be read. Write it like '15 minutes', '2 hours', '3 days', or '01:30:00'.",
                $"无法识别间隔“{text}”。写法示例：15 分钟、2 小时、3 天，或 01:30:00。"));
        }

        if (length < TimeSpan.FromSeconds(1) || length > Longest || length.Value.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            return (null, new(
                $"The interval '{text}' is not allowed. It must be of whole seconds, from 1 second to 365 days.",
                $"间隔“{text}”超出范围。应为整秒，从 1 秒到 365 天。"));
        }

        return (length, null);
    }

    private static TimeSpan? ByUnit(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success || !long.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long count))
            return null;
        long unit = match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "second" or "seconds" or "秒" or "秒钟" => TimeSpan.TicksPerSecond,
            "minute" or "minutes" or "分" or "分钟" => TimeSpan.TicksPerMinute,
            "hour" or "hours" or "小时" => TimeSpan.TicksPerHour,
            "day" or "days" or "天" or "日" => TimeSpan.TicksPerDay,
            _ => TimeSpan.TicksPerDay * 7,
        };
        return TimeSpan.FromTicks(count * unit);
    }

    // At most six digits: with the longest unit that still is a length of time.
    [GeneratedRegex(@"^\s*(?<count>[0-9]{1,6})\s*个?(?<unit>seconds?|minutes?|hours?|days?|weeks?|秒钟?|分钟?|小时|天|日|周|星期)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
