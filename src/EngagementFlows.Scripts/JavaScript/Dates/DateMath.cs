namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Fields of a date; month from 0, weekday from Sunday = 0.</summary>
internal readonly record struct DateFields(double Year, int Month, int Day, int Hour, int Minute, int Second, int Millisecond, int Weekday);

/// <summary>Date arithmetic (ECMA-262 §21.4.1), with the zone's rules from the caller.</summary>
internal static class DateMath
{
    public const double MsPerDay = 86400000;

    private const double Longest = 8.64e15;

    public static double TimeClip(double time) => double.IsFinite(time) && Math.Abs(time) <= Longest ? Math.Truncate(time) + 0d : double.NaN;

    public static double MakeTime(double hour, double minute, double second, double millisecond)
    {
        double sum = (Math.Truncate(hour) * 3600000) + (Math.Truncate(minute) * 60000) + (Math.Truncate(second) * 1000) + Math.Truncate(millisecond);
        return double.IsFinite(sum) ? sum : double.NaN;
    }

    public static double MakeDay(double year, double month, double day)
    {
        if (!double.IsFinite(year) || !double.IsFinite(month) || !double.IsFinite(day))
            return double.NaN;
        double wholeMonth = Math.Truncate(month);
        double y = Math.Truncate(year) + Math.Floor(wholeMonth / 12);
        int m = (int)(wholeMonth - (Math.Floor(wholeMonth / 12) * 12));
        if (Math.Abs(y) > 400000)
            return double.NaN;
        return DaysFromCivil((long)y, m + 1) + Math.Truncate(day) - 1;
    }

    public static double MakeDate(double day, double time)
    {
        double result = (day * MsPerDay) + time;
        return double.IsFinite(result) ? result : double.NaN;
    }

    public static DateFields FieldsOf(double time)
    {
        double days = Math.Floor(time / MsPerDay);
        double rest = time - (days * MsPerDay);
        (long year, int month, int day) = CivilFromDays((long)days);
        int weekday = (int)(((long)days + 4) % 7);
        return new DateFields(
            year,
            month - 1,
            day,
            (int)(rest / 3600000),
            (int)(rest / 60000 % 60),
            (int)(rest / 1000 % 60),
            (int)(rest % 1000),
            weekday < 0 ? weekday + 7 : weekday);
    }

    /// <summary>Offset of the zone at an instant, in milliseconds.</summary>
    public static double OffsetAt(TimeZoneInfo zone, double time)
    {
        if (zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime)
            return 0;
        return zone.GetUtcOffset(ToUtc(time)).TotalMilliseconds;
    }

    public static double ToLocal(TimeZoneInfo zone, double time) => time + OffsetAt(zone, time);

    /// <summary>UTC(t) (ECMA-262 §21.4.1.26): of two instants the earlier; a time that a change skips is read with the offset before it.</summary>
    public static double ToUniversal(TimeZoneInfo zone, double local)
    {
        if (!double.IsFinite(local))
            return double.NaN;
        double before = OffsetAt(zone, local - MsPerDay);
        double after = OffsetAt(zone, local + MsPerDay);
        double first = local - before;
        if (before == after)
        {
            double exact = local - OffsetAt(zone, first);
            return ToLocal(zone, exact) == local ? exact : first;
        }

        if (OffsetAt(zone, first) == before)
            return first;
        double second = local - after;
        return OffsetAt(zone, second) == after ? second : first;
    }

    private static DateTime ToUtc(double time)
    {
        // Beyond the framework's years the rules of the first and last year go on.
        double clamped = Math.Clamp(time, -62135510400000, 253402214400000);
        return DateTime.UnixEpoch.AddTicks((long)clamped * TimeSpan.TicksPerMillisecond);
    }

    private static double DaysFromCivil(long year, int month)
    {
        long y = month <= 2 ? year - 1 : year;
        long era = Math.DivRem(y, 400, out long yearOfEra);
        if (yearOfEra < 0)
        {
            era--;
            yearOfEra += 400;
        }

        long dayOfYear = ((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5;
        long dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146097) + dayOfEra - 719468;
    }

    private static (long Year, int Month, int Day) CivilFromDays(long days)
    {
        long z = days + 719468;
        long era = Math.DivRem(z, 146097, out long dayOfEra);
        if (dayOfEra < 0)
        {
            era--;
            dayOfEra += 146097;
        }

        long yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36524) - (dayOfEra / 146096)) / 365;
        long dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        long shifted = ((5 * dayOfYear) + 2) / 153;
        int day = (int)(dayOfYear - (((153 * shifted) + 2) / 5) + 1);
        int month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }
}
