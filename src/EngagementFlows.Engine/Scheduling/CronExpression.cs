using System.Diagnostics.CodeAnalysis;

namespace EngagementFlows.Engine.Scheduling;

/// <summary>A cron expression: <c>* , - / ? L W # LW L-n</c>, names of months and days, and <c>@daily</c> and its like. Both day fields must match where both are given.</summary>
/// <remarks>
/// In a zone with summer time an expression of fixed times comes true once: a wall-clock time that is skipped is served at the end of the gap, one that occurs twice at the first.
/// An expression with a range, a step or <c>*</c> in its time fields follows the clock through both hours.
/// </remarks>
public sealed class CronExpression
{
    private const int SearchedYears = 100;

    private readonly CronFields _fields;

    private CronExpression(string text, CronFields fields)
    {
        Text = text;
        _fields = fields;
    }

    /// <summary>Gets the expression as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="format">Which fields it has.</param>
    /// <param name="expression">The expression, if it is valid.</param>
    /// <param name="problem">Why it is not valid, as a sentence.</param>
    public static bool TryParse(string text, CronFormat format, [NotNullWhen(true)] out CronExpression? expression, [NotNullWhen(false)] out string? problem)
    {
        bool isValid = TryParse(text, format, out expression, out LocalizedText? localized);
        problem = localized?.En;
        return isValid;
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="format">Which fields it has.</param>
    /// <param name="expression">The expression, if it is valid.</param>
    /// <param name="problem">Why it is not valid, as a sentence.</param>
    public static bool TryParse(string text, CronFormat format, [NotNullWhen(true)] out CronExpression? expression, [NotNullWhen(false)] out LocalizedText? problem)
    {
        CronFields? fields = CronFields.Parse(text, format, out problem);
        expression = fields is null ? null : new(text, fields);
        return expression is not null;
    }

    /// <summary>Returns the first instant after <paramref name="after"/> at which the expression comes true in <paramref name="zone"/>, in UTC; <see langword="null"/> if there is none within 100 years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone) => _fields.IsInterval ? NextByClock(after.UtcDateTime, zone) : NextByWall(after.UtcDateTime, zone);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private DateTimeOffset? NextByWall(DateTime after, TimeZoneInfo zone)
    {
        // A gap moves wall-clock times forward by at most a few hours, so looking begins that much earlier.
        DateTime wall = Later(TimeZoneInfo.ConvertTimeFromUtc(after, zone), TimeSpan.FromHours(-4));
        while (NextWall(wall) is { } found)
        {
            DateTime utc = ToUtc(found, zone);
            if (utc > after)
                return new DateTimeOffset(utc, TimeSpan.Zero);
            wall = Later(found, TimeSpan.FromSeconds(1));
        }

        return null;
    }

    private DateTimeOffset? NextByClock(DateTime after, TimeZoneInfo zone)
    {
        DateTime from = Later(new DateTime(after.Ticks - (after.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc), TimeSpan.FromSeconds(1));
        while (true)
        {
            TimeSpan offset = zone.GetUtcOffset(from);
            if (NextWall(Later(DateTime.SpecifyKind(from, DateTimeKind.Unspecified), offset)) is not { } wall)
                return null;
            DateTime utc = DateTime.SpecifyKind(Later(wall, -offset), DateTimeKind.Utc);
            if (zone.GetUtcOffset(utc) == offset)
                return new DateTimeOffset(utc, TimeSpan.Zero);
            from = OffsetChange(from, utc, offset, zone);
        }
    }

    /// <summary>Returns the first second after <paramref name="from"/> at which the zone's offset differs.</summary>
    private static DateTime OffsetChange(DateTime from, DateTime to, TimeSpan offset, TimeZoneInfo zone)
    {
        // The zone may change several times on a long way; the first change is looked for day by day.
        for (DateTime day = Later(from, TimeSpan.FromDays(1)); day < to; day = Later(day, TimeSpan.FromDays(1)))
        {
            if (zone.GetUtcOffset(day) == offset)
            {
                from = day;
                continue;
            }

            to = day;
            break;
        }

        long low = from.Ticks / TimeSpan.TicksPerSecond;
        long high = to.Ticks / TimeSpan.TicksPerSecond;
        while (high - low > 1)
        {
            long middle = low + ((high - low) / 2);
            if (zone.GetUtcOffset(new DateTime(middle * TimeSpan.TicksPerSecond, DateTimeKind.Utc)) == offset)
                low = middle;
            else
                high = middle;
        }

        return new DateTime(high * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
    }

    private static DateTime ToUtc(DateTime wall, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(wall))
        {
            // The end of the gap is where the old offset leads past the change.
            DateTime before = TimeZoneInfo.ConvertTimeToUtc(Later(wall, TimeSpan.FromHours(-4)), zone);
            return OffsetChange(before, Later(before, TimeSpan.FromHours(8)), zone.GetUtcOffset(before), zone);
        }

        if (!zone.IsAmbiguousTime(wall))
            return TimeZoneInfo.ConvertTimeToUtc(wall, zone);
        TimeSpan first = TimeSpan.MinValue;
        foreach (TimeSpan offset in zone.GetAmbiguousTimeOffsets(wall))
            first = offset > first ? offset : first;
        return DateTime.SpecifyKind(wall - first, DateTimeKind.Utc);
    }

    /// <summary>Returns the first wall-clock time that matches, not before <paramref name="from"/>.</summary>
    private DateTime? NextWall(DateTime from)
    {
        if (from.Ticks % TimeSpan.TicksPerSecond != 0)
            from = Later(new DateTime(from.Ticks - (from.Ticks % TimeSpan.TicksPerSecond)), TimeSpan.FromSeconds(1));
        TimeSpan? time = _fields.NextTime(from.TimeOfDay);
        DateTime day = from.Date;
        int lastYear = Math.Min(9998, day.Year + SearchedYears);
        while (day.Year <= lastYear)
        {
            if (!_fields.HasMonth(day.Month))
            {
                day = new DateTime(day.Year, day.Month, 1).AddMonths(1);
                time = _fields.NextTime(TimeSpan.Zero);
                continue;
            }

            if (time is { } found && _fields.HasDay(day))
                return day + found;
            day = day.AddDays(1);
            time = _fields.NextTime(TimeSpan.Zero);
        }

        return null;
    }

    private static DateTime Later(DateTime instant, TimeSpan span)
    {
        long ticks = Math.Clamp(instant.Ticks + span.Ticks, TimeSpan.TicksPerDay * 2, DateTime.MaxValue.Ticks - (TimeSpan.TicksPerDay * 2));
        return new DateTime(ticks, instant.Kind);
    }
}
