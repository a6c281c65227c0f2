using System.Globalization;

namespace EngagementFlows.Scripts.JavaScript.Dates;

/// <summary>English names of time zones, as people write them behind a time. A small table: other zones are called by their offset.</summary>
internal static class ZoneNames
{
    private static readonly Dictionary<string, (string Standard, string Summer, string Short, string ShortSummer)> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UTC"] = ("Coordinated Universal Time", "Coordinated Universal Time", "UTC", "UTC"),
        ["Etc/UTC"] = ("Coordinated Universal Time", "Coordinated Universal Time", "UTC", "UTC"),
        ["Asia/Shanghai"] = ("China Standard Time", "China Daylight Time", "GMT+8", "GMT+9"),
        ["Asia/Hong_Kong"] = ("Hong Kong Standard Time", "Hong Kong Summer Time", "GMT+8", "GMT+9"),
        ["Asia/Taipei"] = ("Taipei Standard Time", "Taipei Daylight Time", "GMT+8", "GMT+9"),
        ["Asia/Singapore"] = ("Singapore Standard Time", "Singapore Standard Time", "GMT+8", "GMT+8"),
        ["Asia/Tokyo"] = ("Japan Standard Time", "Japan Daylight Time", "GMT+9", "GMT+10"),
        ["Asia/Kolkata"] = ("India Standard Time", "India Standard Time", "GMT+5:30", "GMT+5:30"),
        ["Asia/Kathmandu"] = ("Nepal Time", "Nepal Time", "GMT+5:45", "GMT+5:45"),
        ["Europe/London"] = ("Greenwich Mean Time", "British Summer Time", "GMT", "GMT+1"),
        ["Europe/Berlin"] = ("Central European Standard Time", "Central European Summer Time", "GMT+1", "GMT+2"),
        ["Europe/Paris"] = ("Central European Standard Time", "Central European Summer Time", "GMT+1", "GMT+2"),
        ["Europe/Zurich"] = ("Central European Standard Time", "Central European Summer Time", "GMT+1", "GMT+2"),
        ["Europe/Amsterdam"] = ("Central European Standard Time", "Central European Summer Time", "GMT+1", "GMT+2"),
        ["America/New_York"] = ("Eastern Standard Time", "Eastern Daylight Time", "EST", "EDT"),
        ["America/Chicago"] = ("Central Standard Time", "Central Daylight Time", "CST", "CDT"),
        ["America/Denver"] = ("Mountain Standard Time", "Mountain Daylight Time", "MST", "MDT"),
        ["America/Los_Angeles"] = ("Pacific Standard Time", "Pacific Daylight Time", "PST", "PDT"),
        ["Australia/Sydney"] = ("Australian Eastern Standard Time", "Australian Eastern Daylight Time", "GMT+10", "GMT+11"),
    };

    /// <summary>Returns the long name at an instant, for example <c>China Standard Time</c>.</summary>
    public static string Long(TimeZoneInfo zone, double time) =>
        Names.TryGetValue(zone.Id, out (string Standard, string Summer, string, string) names) ? IsSummer(zone, time) ? names.Summer : names.Standard : Offset(zone, time, isLong: true);

    /// <summary>Returns the short name at an instant, for example <c>GMT+8</c> or <c>EST</c>.</summary>
    public static string Short(TimeZoneInfo zone, double time) =>
        Names.TryGetValue(zone.Id, out (string, string, string Standard, string Summer) names) ? IsSummer(zone, time) ? names.Summer : names.Standard : Offset(zone, time, isLong: false);

    private static bool IsSummer(TimeZoneInfo zone, double time) => DateMath.OffsetAt(time, zone) > zone.BaseUtcOffset.TotalMilliseconds;

    private static string Offset(TimeZoneInfo zone, double time, bool isLong)
    {
        int minutes = (int)Math.Round(DateMath.OffsetAt(time, zone) / DateMath.MsPerMinute);
        if (minutes == 0)
            return "GMT";
        (int hours, int rest) = Math.DivRem(Math.Abs(minutes), 60);
        string hour = hours.ToString(isLong ? "D2" : "D", CultureInfo.InvariantCulture);
        string minute = isLong || rest > 0 ? ":" + rest.ToString("D2", CultureInfo.InvariantCulture) : "";
        return $"GMT{(minutes < 0 ? "-" : "+")}{hour}{minute}";
    }
}
