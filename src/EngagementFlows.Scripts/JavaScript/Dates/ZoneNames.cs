using System.Globalization;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>English names of time zones, as people write them behind a time. A small table: other zones are called by their offset.</summary>
internal static class ZoneNames
{
    private static readonly Dictionary<string, (string Standard, string Summer)> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UTC"] = ("Coordinated Universal Time", "Coordinated Universal Time"),
        ["Etc/UTC"] = ("Coordinated Universal Time", "Coordinated Universal Time"),
        ["Asia/Shanghai"] = ("China Standard Time", "China Daylight Time"),
        ["Asia/Hong_Kong"] = ("Hong Kong Standard Time", "Hong Kong Summer Time"),
        ["Asia/Taipei"] = ("Taipei Standard Time", "Taipei Daylight Time"),
        ["Asia/Singapore"] = ("Singapore Standard Time", "Singapore Standard Time"),
        ["Asia/Tokyo"] = ("Japan Standard Time", "Japan Daylight Time"),
        ["Asia/Kolkata"] = ("India Standard Time", "India Standard Time"),
        ["Asia/Kathmandu"] = ("Nepal Time", "Nepal Time"),
        ["Europe/London"] = ("Greenwich Mean Time", "British Summer Time"),
        ["Europe/Berlin"] = ("Central European Standard Time", "Central European Summer Time"),
        ["Europe/Paris"] = ("Central European Standard Time", "Central European Summer Time"),
        ["Europe/Zurich"] = ("Central European Standard Time", "Central European Summer Time"),
        ["Europe/Amsterdam"] = ("Central European Standard Time", "Central European Summer Time"),
        ["America/New_York"] = ("Eastern Standard Time", "Eastern Daylight Time"),
        ["America/Chicago"] = ("Central Standard Time", "Central Daylight Time"),
        ["America/Denver"] = ("Mountain Standard Time", "Mountain Daylight Time"),
        ["America/Los_Angeles"] = ("Pacific Standard Time", "Pacific Daylight Time"),
        ["Australia/Sydney"] = ("Australian Eastern Standard Time", "Australian Eastern Daylight Time"),
    };

    /// <summary>Returns the long name at an instant, for example <c>China Standard Time</c>.</summary>
    public static string LongOf(TimeZoneInfo zone, double time) =>
        Names.TryGetValue(zone.Id, out (string Standard, string Summer) names) ? IsSummer(zone, time) ? names.Summer : names.Standard : Offset(zone, time);

    private static bool IsSummer(TimeZoneInfo zone, double time) => DateMath.OffsetAt(zone, time) > zone.BaseUtcOffset.TotalMilliseconds;

    private static string Offset(TimeZoneInfo zone, double time)
    {
        int minutes = (int)Math.Round(DateMath.OffsetAt(zone, time) / 60_000);
        (int hours, int rest) = Math.DivRem(Math.Abs(minutes), 60);
        return string.Create(CultureInfo.InvariantCulture, $"GMT{(minutes < 0 ? "-" : "+")}{hours:D2}:{rest:D2}");
    }
}
