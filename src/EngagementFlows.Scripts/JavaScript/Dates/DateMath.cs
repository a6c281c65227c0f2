namespace EngagementFlows.Scripts.JavaScript.Dates;

/// <summary>The arithmetic of time values: milliseconds since 1970 UTC as doubles, NaN for an invalid date (ECMA-262 §21.4.1).</summary>
internal static class DateMath
{
    public const double MsPerSecond = 1_000;
    public const double MsPerMinute = 60_000;
    public const double MsPerHour = 3_600_000;
    public const double MsPerDay = 86_400_000;
    private const double Largest = 8.64e15;

    /// <summary>Returns the number of the day (§21.4.1.3).</summary>
    public static double Day(double time) => Math.Floor(time / MsPerDay);

    /// <summary>Returns the milliseconds since midnight (§21.4.1.4).</summary>
    public static double TimeWithinDay(double time) => Modulo(time, MsPerDay);

    /// <summary>Returns the weekday, 0 = Sunday (§21.4.1.11).</summary>
    public static int WeekDay(double time) => (int)Modulo(Day(time) + 4, 7);

    public static int Hour(double time) => (int)Modulo(Math.Floor(time / MsPerHour), 24);

    public static int Minute(double time) => (int)Modulo(Math.Floor(time / MsPerMinute), 60);

    public static int Second(double time) => (int)Modulo(Math.Floor(time / MsPerSecond), 60);

    public static int Millisecond(double time) => (int)Modulo(time, MsPerSecond);

    /// <summary>Returns year, month from 0, and day of the month of a time value that is not NaN.</summary>
    public static (int Year, int Month, int Date) Civil(double time)
    {
        // The proleptic Gregorian calendar in eras of 400 years that begin on 1 March, so that the leap day is the last of a year.
        long days = (long)Day(time) + 719_468;
        long era = (days >= 0 ? days : days - 146_096) / 146_097;
        long dayOfEra = days - (era * 146_097);
        long yearOfEra = (dayOfEra - (dayOfEra / 1_460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        long dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        long marchMonth = ((5 * dayOfYear) + 2) / 153;
        int month = (int)(marchMonth < 10 ? marchMonth + 2 : marchMonth - 10);
        return ((int)(yearOfEra + (era * 400) + (month <= 1 ? 1 : 0)), month, (int)(dayOfYear - (((153 * marchMonth) + 2) / 5) + 1));
    }

    /// <summary>Makes milliseconds of hours, minutes, seconds and milliseconds (§21.4.1.27).</summary>
    public static double MakeTime(double hour, double minute, double second, double millisecond) =>
        double.IsFinite(hour) && double.IsFinite(minute) && double.IsFinite(second) && double.IsFinite(millisecond)
            ? (Math.Truncate(hour) * MsPerHour) + (Math.Truncate(minute) * MsPerMinute) + (Math.Truncate(second) * MsPerSecond) + Math.Truncate(millisecond)
            : double.NaN;

    /// <summary>Makes a day number of year, month from 0 and day of the month, any of which may be out of range (§21.4.1.28).</summary>
    public static double MakeDay(double year, double month, double date)
    {
        if (!double.IsFinite(year) || !double.IsFinite(month) || !double.IsFinite(date))
            return double.NaN;
        (year, month, date) = (Math.Truncate(year), Math.Truncate(month), Math.Truncate(date));
        double fullYear = year + Math.Floor(month / 12);
        if (Math.Abs(fullYear) > 400_000)
            return double.NaN;
        long y = (long)fullYear;
        int m = (int)Modulo(month, 12);
        y -= m <= 1 ? 1 : 0;
        long era = (y >= 0 ? y : y - 399) / 400;
        long yearOfEra = y - (era * 400);
        long dayOfYear = ((153 * (m > 1 ? m - 2 : m + 10)) + 2) / 5;
        long dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 719_468 + date - 1;
    }

    /// <summary>Joins a day and a time of day (§21.4.1.29).</summary>
    public static double MakeDate(double day, double time)
    {
        double made = (day * MsPerDay) + time;
        return double.IsFinite(made) ? made : double.NaN;
    }

    /// <summary>Returns the time value, or NaN if it is too far away (§21.4.1.31).</summary>
    public static double TimeClip(double time) => double.IsFinite(time) && Math.Abs(time) <= Largest ? Math.Truncate(time) + 0 : double.NaN;

    /// <summary>Returns the offset of a zone at an instant, in milliseconds.</summary>
    public static double OffsetAt(double time, TimeZoneInfo zone) => zone.GetUtcOffset(ToDateTime(time)).TotalMilliseconds;

    /// <summary>Turns an instant into the zone's local time (§21.4.1.25).</summary>
    public static double LocalTime(double time, TimeZoneInfo zone) => double.IsNaN(time) ? time : time + OffsetAt(time, zone);

    /// <summary>Turns a local time into an instant; a time that was skipped or comes twice is read with the offset before the change (§21.4.1.26).</summary>
    public static double Utc(double local, TimeZoneInfo zone)
    {
        if (!double.IsFinite(local))
            return double.NaN;
        double before = OffsetAt(local - MsPerDay, zone);
        double after = OffsetAt(local + MsPerDay, zone);
        bool beforeHolds = OffsetAt(local - before, zone) == before;
        return beforeHolds || OffsetAt(local - after, zone) != after ? local - before : local - after;
    }

    // Zones have rules for the years that DateTime knows; other years take those of a year 400 or more away, which has the same calendar.
    private static DateTime ToDateTime(double time)
    {
        const double begin = -62_135_596_800_000 + MsPerDay;
        const double end = 253_402_300_799_999 - MsPerDay;
        const double cycle = 146_097 * MsPerDay;
        if (time < begin)
            time += Math.Ceiling((begin - time) / cycle) * cycle;
        else if (time > end)
            time -= Math.Ceiling((time - end) / cycle) * cycle;
        return DateTime.UnixEpoch.AddMilliseconds(time);
    }

    private static double Modulo(double value, double modulus) => value - (Math.Floor(value / modulus) * modulus);
}
