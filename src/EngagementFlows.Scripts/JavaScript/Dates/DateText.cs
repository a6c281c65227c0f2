using System.Globalization;

namespace EngagementFlows.Scripts.JavaScript.Dates;

/// <summary>The texts of dates that ECMAScript fixes (ECMA-262 §21.4.4.36, §21.4.4.41–43).</summary>
internal static class DateText
{
    public const string Invalid = "Invalid Date";

    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>Returns <c>2026-03-03T04:00:00.000Z</c>; the time value must be valid.</summary>
    public static string Iso(double time)
    {
        (int year, int month, int date) = DateMath.Civil(time);
        string years = year is >= 0 and <= 9999
            ? year.ToString("D4", CultureInfo.InvariantCulture)
            : (year < 0 ? "-" : "+") + Math.Abs(year).ToString("D6", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{years}-{month + 1:D2}-{date:D2}T{DateMath.Hour(time):D2}:{DateMath.Minute(time):D2}:{DateMath.Second(time):D2}.{DateMath.Millisecond(time):D3}Z");
    }

    /// <summary>Returns <c>Tue Mar 03 2026 12:00:00 GMT+0800 (China Standard Time)</c>.</summary>
    public static string Full(double time, TimeZoneInfo zone) => double.IsNaN(time) ? Invalid : $"{Date(time, zone)} {Time(time, zone)}";

    /// <summary>Returns <c>Tue Mar 03 2026</c>.</summary>
    public static string Date(double time, TimeZoneInfo zone)
    {
        if (double.IsNaN(time))
            return Invalid;
        double local = DateMath.LocalTime(time, zone);
        (int year, int month, int date) = DateMath.Civil(local);
        return string.Create(CultureInfo.InvariantCulture, $"{Days[DateMath.WeekDay(local)]} {Months[month]} {date:D2} {Year(year)}");
    }

    /// <summary>Returns <c>12:00:00 GMT+0800 (China Standard Time)</c>.</summary>
    public static string Time(double time, TimeZoneInfo zone)
    {
        if (double.IsNaN(time))
            return Invalid;
        double local = DateMath.LocalTime(time, zone);
        int offset = (int)Math.Round((local - time) / DateMath.MsPerMinute);
        string sign = offset < 0 ? "-" : "+";
        offset = Math.Abs(offset);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{DateMath.Hour(local):D2}:{DateMath.Minute(local):D2}:{DateMath.Second(local):D2} GMT{sign}{offset / 60:D2}{offset % 60:D2} ({ZoneNames.Long(zone, time)})");
    }

    /// <summary>Returns <c>Tue, 03 Mar 2026 04:00:00 GMT</c>.</summary>
    public static string Utc(double time)
    {
        if (double.IsNaN(time))
            return Invalid;
        (int year, int month, int date) = DateMath.Civil(time);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Days[DateMath.WeekDay(time)]}, {date:D2} {Months[month]} {Year(year)} {DateMath.Hour(time):D2}:{DateMath.Minute(time):D2}:{DateMath.Second(time):D2} GMT");
    }

    private static string Year(int year) => (year < 0 ? "-" : "") + Math.Abs(year).ToString("D4", CultureInfo.InvariantCulture);
}
