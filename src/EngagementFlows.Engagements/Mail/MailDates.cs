using System.Globalization;

namespace EngagementFlows.Engagements.Mail;

/// <summary>Dates as our letters write them.</summary>
public static class MailDates
{
    private static readonly string[] EnglishDays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private static readonly string[] ChineseDays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>Returns the local day with its weekday: <c>Tue 3 Mar 2026</c>, <c>2026年3月3日（周二）</c>.</summary>
    public static string Day(DateTimeOffset instant, TimeZoneInfo zone, string language) => Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime), language);

    /// <summary>Returns a day with its weekday: <c>Tue 3 Mar 2026</c>, <c>2026年3月3日（周二）</c>.</summary>
    public static string Day(DateOnly day, string language)
    {
        int weekday = (int)day.DayOfWeek;
        return IsChinese(language)
            ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日（{ChineseDays[weekday]}）")
            : string.Create(CultureInfo.InvariantCulture, $"{EnglishDays[weekday]} {day.Day} {Months[day.Month - 1]} {day.Year}");
    }

    /// <summary>Returns the local day and time: <c>Tue 3 Mar 2026, 17:05</c>, <c>2026年3月3日（周二）17:05</c>.</summary>
    public static string DayAndTime(DateTimeOffset instant, TimeZoneInfo zone, string language)
    {
        string time = TimeZoneInfo.ConvertTime(instant, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        return IsChinese(language) ? $"{Day(instant, zone, language)}{time}" : $"{Day(instant, zone, language)}, {time}";
    }

    /// <summary>Returns the local year.</summary>
    public static string Year(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).Year.ToString(CultureInfo.InvariantCulture);

    internal static bool IsChinese(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
}
