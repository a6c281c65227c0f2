namespace EngagementFlows.Engagements.Calendars;

/// <summary>Finds the instant of a local date and time.</summary>
public static class WallClock
{
    private static readonly DateTime s_first = DateTime.MinValue.AddDays(3);
    private static readonly DateTime s_last = DateTime.MaxValue.AddDays(-3);

    /// <summary>Returns the instant at which the clocks of <paramref name="zone"/> show <paramref name="local"/>.</summary>
    /// <remarks>
    /// A time that a clock change skips becomes the instant of the change; a time that comes twice means the first of the two. The first and the last three days that a
    /// <see cref="DateTime"/> knows count as their inner ends: beyond them there is no instant to be found.
    /// </remarks>
    public static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        DateTime clock = DateTime.SpecifyKind(local < s_first ? s_first : local > s_last ? s_last : local, DateTimeKind.Utc);
        TimeSpan before = zone.GetUtcOffset(clock.AddDays(-1.5));
        TimeSpan after = zone.GetUtcOffset(clock.AddDays(1.5));

        // An offset is right if it still holds at the instant that it gives. IsInvalidTime would miss changes of the standard offset, such as the day that Samoa skipped.
        bool earlyHolds = zone.GetUtcOffset(clock - before) == before;
        bool lateHolds = zone.GetUtcOffset(clock - after) == after;
        return (earlyHolds, lateHolds) switch
        {
            (true, true) => new DateTimeOffset(clock - (before > after ? before : after)),
            (true, false) => new DateTimeOffset(clock - before),
            (false, true) => new DateTimeOffset(clock - after),
            _ => Change(clock, before, zone),
        };
    }

    // Offsets change at whole seconds, a day and a half around the local time at most; the change is found by halving.
    private static DateTimeOffset Change(DateTime clock, TimeSpan before, TimeZoneInfo zone)
    {
        DateTime low = clock.AddDays(-1.5);
        DateTime high = clock.AddDays(1.5);
        while (high - low > TimeSpan.FromTicks(1))
        {
            DateTime middle = low + ((high - low) / 2);
            if (zone.GetUtcOffset(middle) == before)
                low = middle;
            else
                high = middle;
        }

        return new DateTimeOffset(high);
    }
}
