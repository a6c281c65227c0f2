using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;

namespace EngagementFlows.Server.Calendars;

/// <summary>Makes calendars of what people and programs write; a fault is told in both languages.</summary>
internal static class CalendarRules
{
    private const int NameLength = 100;

    /// <summary>Returns why a text cannot be a name, or <see langword="null"/>.</summary>
    public static LocalizedText? FaultOfName(LocalizedText? name) =>
        name is null || IsBad(name.En) || IsBad(name.ZhCn)
            ? new($"'name' must be one line of 1 to {NameLength} characters in each language (en, zhCn).", $"名称（中英文）须各为一行，1 至 {NameLength} 个字符。")
            : null;

    /// <summary>Reads the part of a calendar that has rules; the fault says what is wrong, <see langword="null"/> if it can be stored.</summary>
    public static CalendarDefinition? Read(
        string id, long revision, LocalizedText? name, string? zone, string? country, string weekJson, IReadOnlyList<Holiday> days, int? publishedThrough, bool servesClients, out LocalizedText? fault)
    {
        fault = CalendarDefinition.IsId(id)
            ? FaultOfName(name)
            : new(
                $"The id '{Shown(id)}' must begin with a small letter, hold only small letters, digits and hyphens, at most 40, and not be one of {string.Join(", ", CalendarDefinition.Reserved)}.",
                $"标识“{Shown(id)}”须以小写字母开头，只含小写字母、数字和连字符，最多 40 个字符，且不能是 {string.Join("、", CalendarDefinition.Reserved)}。");
        TimeZoneInfo? found = null;
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out found))
            fault ??= new($"The zone '{Shown(zone)}' is not known. Use an IANA name like 'Asia/Shanghai'.", $"时区“{Shown(zone)}”无法识别，请使用“Asia/Shanghai”这样的 IANA 名称。");
        if (country is not null && HolidayTables.Find(country) is null)
            fault ??= new($"There is no table of holidays for '{Shown(country)}'. There are {string.Join(", ", HolidayTables.Countries)}.", $"没有“{Shown(country)}”的节假日数据，现有 {string.Join("、", HolidayTables.Countries)}。");
        if (servesClients && country is null)
            fault ??= new("A calendar that clients follow needs a country.", "供客户使用的日历必须指定国家或地区。");
        if (publishedThrough is { } year && year is < IcsHolidays.FirstYear or > IcsHolidays.LastYear)
            fault ??= new($"'publishedThrough' must be a year from {IcsHolidays.FirstYear} to {IcsHolidays.LastYear}.", $"已公布年份须在 {IcsHolidays.FirstYear} 至 {IcsHolidays.LastYear} 之间。");
        fault ??= FaultOfDays(days);
        WorkingWeek? week = null;
        try
        {
            week = WorkingWeekJson.Read(weekJson);
        }
        catch (FormatException bad)
        {
            fault ??= new(bad.Message, $"工作时间无法读取，请写成“09:00-12:00, 13:00-18:00”，从早到晚、互不重叠，且至少一天有工作时间。（{bad.Message}）");
        }

        return fault is null ? new(id, name!, found, country, week!, [.. days.OrderBy(day => day.Date)], revision) { PublishedThrough = publishedThrough, ServesClients = servesClients } : null;
    }

    /// <summary>Returns what is wrong with days, or <see langword="null"/>.</summary>
    public static LocalizedText? FaultOfDays(IReadOnlyList<Holiday> days)
    {
        if (days.Count > IcsHolidays.MostDays)
            return new($"There are {days.Count} days; a calendar holds at most {IcsHolidays.MostDays}.", $"共有 {days.Count} 天，一个日历最多 {IcsHolidays.MostDays} 天。");
        HashSet<DateOnly> seen = [];
        foreach (Holiday day in days)
        {
            if (day.Date.Year is < IcsHolidays.FirstYear or > IcsHolidays.LastYear)
                return new($"The day '{day.Date:yyyy-MM-dd}' lies outside of the years {IcsHolidays.FirstYear} to {IcsHolidays.LastYear}.", $"日期“{day.Date:yyyy-MM-dd}”不在 {IcsHolidays.FirstYear} 至 {IcsHolidays.LastYear} 年之间。");
            if (!seen.Add(day.Date))
                return new($"The day '{day.Date:yyyy-MM-dd}' is named twice.", $"日期“{day.Date:yyyy-MM-dd}”重复。");
            if (day.Name is null || IsBad(day.Name.En, TextRule.NameLength) || IsBad(day.Name.ZhCn, TextRule.NameLength))
                return new($"The name of '{day.Date:yyyy-MM-dd}' must be one line of 1 to {TextRule.NameLength} characters in each language.", $"“{day.Date:yyyy-MM-dd}”的名称（中英文）须各为一行，1 至 {TextRule.NameLength} 个字符。");
        }

        return null;
    }

    private static bool IsBad(string? text, int longest = NameLength) => string.IsNullOrWhiteSpace(text) || TextRule.FaultOfLine(text, longest) is not null;

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
