using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Schedules;

/// <summary>Reads recurrence rules; <c>RRULE:</c> before them may stand or not.</summary>
public static class RecurrenceRuleReader
{
    private const string Prefix = "RRULE:";
    private const int LongestInterval = 1_000;
    private static readonly string[] DayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <summary>Reads a rule.</summary>
    /// <param name="text">The rule, for example <c>FREQ=MONTHLY;BYDAY=1MO</c>.</param>
    /// <param name="zone">The zone of the schedule: UNTIL in UTC is turned into its wall-clock time.</param>
    /// <param name="rule">The rule, if it is valid.</param>
    /// <param name="problem">Why it is not valid, as a sentence.</param>
    public static bool TryRead(string text, TimeZoneInfo zone, [NotNullWhen(true)] out RecurrenceRule? rule, [NotNullWhen(false)] out LocalizedText? problem)
    {
        try
        {
            rule = new(Read(text.Trim(), zone));
            problem = null;
            return true;
        }
        catch (RuleFault fault)
        {
            (rule, problem) = (null, fault.Text);
            return false;
        }
    }

    private static RecurrenceRuleParts Read(string text, TimeZoneInfo zone)
    {
        if (text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            text = text[Prefix.Length..];
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string part in text.ToUpperInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == part.Length - 1)
                throw new RuleFault($"The part '{part}' of the rule is not NAME=VALUE. Write it like 'FREQ=MONTHLY;BYDAY=1MO'.", $"规则中的“{part}”不是“名称=值”的形式。写法示例：FREQ=MONTHLY;BYDAY=1MO。");
            if (!values.TryAdd(part[..equals], part[(equals + 1)..]))
                throw new RuleFault($"The part '{part[..equals]}' stands twice in the rule. Give it once.", $"规则中的“{part[..equals]}”出现了两次，请只保留一个。");
        }

        foreach (string name in values.Keys)
        {
            if (name is not ("FREQ" or "INTERVAL" or "COUNT" or "UNTIL" or "BYDAY" or "BYMONTHDAY" or "BYMONTH" or "BYSETPOS" or "WKST"))
            {
                throw new RuleFault(
                    $"The part '{name}' of the rule is not known here. FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS and WKST are; the time of day is that of the start.",
                    $"不支持规则中的“{name}”。可用：FREQ、INTERVAL、COUNT、UNTIL、BYDAY、BYMONTHDAY、BYMONTH、BYSETPOS、WKST；时刻取自开始时间。");
            }
        }

        RecurrenceRuleParts parts = new()
        {
            Frequency = Frequency(values.GetValueOrDefault("FREQ")),
            Interval = values.TryGetValue("INTERVAL", out string? interval) ? Number("INTERVAL", interval, 1, LongestInterval) : 1,
            Count = values.TryGetValue("COUNT", out string? count) ? Number("COUNT", count, 1, RecurrenceRule.MostCount) : null,
            Until = values.TryGetValue("UNTIL", out string? until) ? Until(until, zone) : null,
            Days = [.. List(values, "BYDAY").Select(Day)],
            MonthDays = [.. List(values, "BYMONTHDAY").Select(value => Signed("BYMONTHDAY", value, 31))],
            Months = [.. List(values, "BYMONTH").Select(value => Number("BYMONTH", value, 1, 12))],
            Positions = [.. List(values, "BYSETPOS").Select(value => Signed("BYSETPOS", value, 366))],
            WeekStart = values.TryGetValue("WKST", out string? week) ? Weekday("WKST", week, week) : DayOfWeek.Monday,
        };
        Check(parts);
        return parts;
    }

    private static void Check(RecurrenceRuleParts parts)
    {
        if (parts is { Count: not null, Until: not null })
            throw new RuleFault("The rule has COUNT and UNTIL. Give one of them: RFC 5545 allows no rule with both.", "规则同时含有 COUNT 和 UNTIL。按 RFC 5545 只能使用其中一个。");
        if (parts.Frequency is RecurrenceFrequency.Daily or RecurrenceFrequency.Weekly && parts.Days.Any(day => day.Ordinal != 0))
            throw new RuleFault("BYDAY has a place such as '1MO', which only FREQ=MONTHLY and FREQ=YEARLY allow. Take the number away, or change FREQ.", "BYDAY 带有“1MO”这样的序号，仅可用于 FREQ=MONTHLY 和 FREQ=YEARLY。请去掉数字或更改 FREQ。");
        if (parts.Frequency == RecurrenceFrequency.Weekly && parts.MonthDays.Count > 0)
            throw new RuleFault("FREQ=WEEKLY allows no BYMONTHDAY (RFC 5545). Use FREQ=MONTHLY.", "FREQ=WEEKLY 不能与 BYMONTHDAY 同用（RFC 5545）。请使用 FREQ=MONTHLY。");
        if (parts.Frequency == RecurrenceFrequency.Monthly && parts.Days.Any(day => Math.Abs(day.Ordinal) > 5))
            throw new RuleFault("BYDAY asks for a place beyond the fifth, and no month has so many weeks. Use 1 to 5 or -1 to -5.", "BYDAY 的序号超过 5，而一个月没有那么多周。请使用 1 至 5 或 -1 至 -5。");
        if (parts.Positions.Count > 0 && parts.Days.Count + parts.MonthDays.Count + parts.Months.Count == 0)
            throw new RuleFault("BYSETPOS chooses among what another BY… part selects, and there is none. Add BYDAY, BYMONTHDAY or BYMONTH.", "BYSETPOS 需要与其他 BY… 部分配合使用。请加上 BYDAY、BYMONTHDAY 或 BYMONTH。");
    }

    private static RecurrenceFrequency Frequency(string? value) => value switch
    {
        "DAILY" => RecurrenceFrequency.Daily,
        "WEEKLY" => RecurrenceFrequency.Weekly,
        "MONTHLY" => RecurrenceFrequency.Monthly,
        "YEARLY" => RecurrenceFrequency.Yearly,
        null => throw new RuleFault("The rule has no FREQ. Begin it with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.", "规则缺少 FREQ。请以 FREQ=DAILY、WEEKLY、MONTHLY 或 YEARLY 开头。"),
        _ => throw new RuleFault(
            $"FREQ is '{value}'. It must be DAILY, WEEKLY, MONTHLY or YEARLY; for anything more frequent use an interval or a cron expression.",
            $"FREQ 的值“{value}”无效，只能是 DAILY、WEEKLY、MONTHLY 或 YEARLY；更频繁的安排请使用间隔或 Cron 表达式。"),
    };

    private static string[] List(Dictionary<string, string> values, string name) => values.TryGetValue(name, out string? value) ? value.Split(',') : [];

    private static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new RuleFault($"{name} holds '{value}'. It must be a whole number from {least} to {most}.", $"{name} 的值“{value}”无效，应为 {least} 至 {most} 的整数。");

    private static int Signed(string name, string value, int most) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number != 0 && Math.Abs(number) <= most
            ? number
            : throw new RuleFault($"{name} holds '{value}'. It must be from 1 to {most}, or from -1 to -{most} counted from the end.", $"{name} 的值“{value}”无效，应为 1 至 {most}，或从末尾数起的 -1 至 -{most}。");

    private static RecurrenceDay Day(string value)
    {
        if (value.Length < 2)
            throw new RuleFault($"BYDAY holds '{value}'. Use MO, TU, WE, TH, FR, SA, SU, with a place before them such as 1MO or -1FR.", $"BYDAY 的值“{value}”无效。请使用 MO、TU、WE、TH、FR、SA、SU，可加序号，如 1MO、-1FR。");
        DayOfWeek day = Weekday("BYDAY", value[^2..], value);
        return new(value.Length == 2 ? 0 : Signed("BYDAY", value[..^2], 53), day);
    }

    private static DayOfWeek Weekday(string name, string code, string value)
    {
        int index = Array.IndexOf(DayNames, code);
        return index >= 0
            ? (DayOfWeek)index
            : throw new RuleFault($"{name} holds '{value}'. Use MO, TU, WE, TH, FR, SA, SU, with a place before them such as 1MO or -1FR.", $"{name} 的值“{value}”无效。请使用 MO、TU、WE、TH、FR、SA、SU，可加序号，如 1MO、-1FR。");
    }

    private static DateTime Until(string value, TimeZoneInfo zone)
    {
        if (DateTime.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day))
            return day.AddDays(1).AddTicks(-1);
        if (DateTime.TryParseExact(value, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime utc))
            return TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        if (DateTime.TryParseExact(value, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
            return local;
        throw new RuleFault($"UNTIL holds '{value}'. Write it as a date (20261231) or an instant in UTC (20261231T160000Z).", $"UNTIL 的值“{value}”无效。请写成日期（20261231）或 UTC 时刻（20261231T160000Z）。");
    }

    private sealed class RuleFault(string en, string zhCn) : Exception(en)
    {
        public LocalizedText Text { get; } = new(en, zhCn);
    }
}
