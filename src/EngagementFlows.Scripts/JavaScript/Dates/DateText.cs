using System.Globalization;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Dates to text (ECMA-262 §21.4.1.32, §21.4.4.41).</summary>
internal static class DateText
{
    public static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    public static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    public static string ToIso(double time)
    {
        DateFields f = DateMath.FieldsOf(time);
        string year = f.Year is >= 0 and <= 9999 ? $"{(int)f.Year:0000}" : $"{(f.Year < 0 ? '-' : '+')}{(int)Math.Abs(f.Year):000000}";
        return $"{year}-{f.Month + 1:00}-{f.Day:00}T{f.Hour:00}:{f.Minute:00}:{f.Second:00}.{f.Millisecond:000}Z";
    }

    public static string ToUtc(double time)
    {
        DateFields f = DateMath.FieldsOf(time);
        return $"{Days[f.Weekday]}, {f.Day:00} {Months[f.Month]} {Year(f.Year)} {Clock(f)} GMT";
    }

    public static string Date(DateFields f) => $"{Days[f.Weekday]} {Months[f.Month]} {f.Day:00} {Year(f.Year)}";

    public static string Time(TimeZoneInfo zone, double time)
    {
        DateFields f = DateMath.FieldsOf(DateMath.ToLocal(zone, time));
        double offset = DateMath.OffsetAt(zone, time) / 60000;
        int minutes = (int)Math.Abs(offset);
        return $"{Clock(f)} GMT{(offset < 0 ? '-' : '+')}{minutes / 60:00}{minutes % 60:00} ({ZoneNames.LongOf(zone, time)})";
    }

    private static string Clock(DateFields f) => $"{f.Hour:00}:{f.Minute:00}:{f.Second:00}";

    private static string Year(double year) => (year < 0 ? "-" : "") + ((int)Math.Abs(year)).ToString("0000", CultureInfo.InvariantCulture);
}
