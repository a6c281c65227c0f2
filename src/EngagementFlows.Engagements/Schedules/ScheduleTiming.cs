using EngagementFlows.Engagements.Calendars;

namespace EngagementFlows.Engagements.Schedules;

/// <summary>The instants of a schedule: its cadence, moved off the days on which its calendar has no work, between its start and its end.</summary>
/// <param name="Cadence">When it comes again.</param>
/// <param name="Zone">The zone in which days are counted.</param>
/// <param name="Start">No instant before it.</param>
/// <param name="End">No instant after it; <see langword="null"/> = none is the last.</param>
/// <param name="FreeDays">What happens to instants on days without work.</param>
/// <param name="Calendar">Says which days are without work; <see langword="null"/> = none.</param>
/// <remarks>Pure. Two instants that are moved onto the same moment are one. The end and the start bound the moved instants, not those before the move.</remarks>
public sealed record ScheduleTiming(Cadence Cadence, TimeZoneInfo Zone, DateTimeOffset Start, DateTimeOffset? End, FreeDayPolicy FreeDays, WorkCalendar? Calendar)
{
    /// <summary>The most occurrences of a day that can be moved to another.</summary>
    public const int MostMovedOfDay = 24;

    // Longer than every run of holidays that there is; a calendar without any work for longer has no next instant.
    private const int LongestRest = 60;

    /// <summary>Returns the first instant after <paramref name="after"/>; <see langword="null"/> if there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        DateTimeOffset from = after < Start ? Start.AddTicks(-1) : after;
        DateTimeOffset? next = (Calendar, FreeDays) switch
        {
            (null, _) or (_, FreeDayPolicy.Keep) => Cadence.Next(from),
            (_, FreeDayPolicy.Skip) => NextOnWorkingDay(from, Calendar),
            _ => NextMoved(from, Calendar),
        };
        return next > End ? null : next;
    }

    /// <summary>Tells whether an instant of this schedule may move, or fall away, once the holidays of its year are published.</summary>
    /// <param name="instant">The instant.</param>
    public bool IsProvisional(DateTimeOffset instant)
    {
        if (Calendar is not { } calendar || FreeDays == FreeDayPolicy.Keep)
            return false;
        DateOnly day = DateOf(instant);
        if (!calendar.IsPublished(day.Year))
            return true;
        // What was moved back over the end of the year was moved by days that are not published.
        DateOnly last = FreeDays == FreeDayPolicy.Before ? MovedTo(day, calendar).Last : day;
        return !calendar.IsPublished(last.Year) && Cadence.Next(BeginOf(new(last.Year, 1, 1)).AddTicks(-1)) is { } occurrence && DateOf(occurrence) <= last;
    }

    /// <summary>Returns up to <paramref name="count"/> instants after <paramref name="after"/>, each with the mark of <see cref="IsProvisional"/>.</summary>
    public IReadOnlyList<ScheduledInstant> Upcoming(DateTimeOffset after, int count)
    {
        List<ScheduledInstant> instants = [];
        DateTimeOffset? at = Next(after);
        while (at is { } instant && instants.Count < count)
        {
            instants.Add(new(instant, IsProvisional(instant)));
            at = Next(instant);
        }

        return instants;
    }

    private DateTimeOffset? NextOnWorkingDay(DateTimeOffset after, WorkCalendar calendar)
    {
        DateTimeOffset? at = Cadence.Next(after);
        for (int rest = 0; at is { } instant; rest++)
        {
            DateOnly date = DateOf(instant);
            if (calendar.IsWorkingDay(date))
                return instant;
            // A cadence that comes on free days only (each Sunday) never fires; ten years of looking tell.
            if (rest > 3_700)
                return null;
            at = Cadence.Next(BeginOf(date.AddDays(1)).AddTicks(-1));
        }

        return null;
    }

    /// <summary>Walks working day by working day: what lands on one are the occurrences of the day itself and of the free days that are moved to it.</summary>
    private DateTimeOffset? NextMoved(DateTimeOffset after, WorkCalendar calendar)
    {
        if (WorkingDay(DateOf(after), 1, calendar) is not { } day)
            return null;
        while (true)
        {
            (DateOnly first, DateOnly last) = MovedTo(day, calendar);
            if (Cadence.Next(BeginOf(first).AddTicks(-1)) is not { } occurrence)
                return null;
            DateOnly date = DateOf(occurrence);
            if (date <= last)
            {
                if (Earliest(after, day, last, occurrence) is { } found)
                    return found;
                if (WorkingDay(day.AddDays(1), 1, calendar) is not { } following)
                    return null;
                day = following;
            }
            else if (WorkingDay(date, FreeDays == FreeDayPolicy.Before ? -1 : 1, calendar) is { } target)
            {
                // Nothing lands on the days between.
                day = target;
            }
            else
            {
                return null;
            }
        }
    }

    private DateTimeOffset? Earliest(DateTimeOffset after, DateOnly day, DateOnly last, DateTimeOffset first)
    {
        DateTimeOffset? earliest = null;
        for (DateTimeOffset? at = first; at is { } occurrence && DateOf(occurrence) <= last; at = Cadence.Next(occurrence))
        {
            DateTime wall = TimeZoneInfo.ConvertTime(occurrence, Zone).DateTime;
            DateTimeOffset moved = DateOnly.FromDateTime(wall) == day ? occurrence : WallClock.ToInstant(day.ToDateTime(Cadence.TimeWhenMoved(wall)), Zone);
            if (moved > after && (earliest is null || moved < earliest))
                earliest = moved;
        }

        return earliest;
    }

    /// <summary>Returns the run of dates whose occurrences land on a working day.</summary>
    private (DateOnly First, DateOnly Last) MovedTo(DateOnly day, WorkCalendar calendar)
    {
        DateOnly first = day;
        DateOnly last = day;
        if (FreeDays == FreeDayPolicy.After)
        {
            while (day.DayNumber - first.DayNumber < LongestRest && !calendar.IsWorkingDay(first.AddDays(-1)))
                first = first.AddDays(-1);
        }
        else
        {
            while (last.DayNumber - day.DayNumber < LongestRest && !calendar.IsWorkingDay(last.AddDays(1)))
                last = last.AddDays(1);
        }

        return (first, last);
    }

    private static DateOnly? WorkingDay(DateOnly from, int step, WorkCalendar calendar)
    {
        for (int rest = 0; rest <= LongestRest; rest++, from = from.AddDays(step))
        {
            if (calendar.IsWorkingDay(from))
                return from;
        }

        return null;
    }

    private DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    private DateTimeOffset BeginOf(DateOnly date) => WallClock.ToInstant(date.ToDateTime(TimeOnly.MinValue), Zone);
}

/// <summary>An instant at which a schedule fires.</summary>
/// <param name="At">The instant.</param>
/// <param name="IsProvisional">Whether it depends on a year whose holidays are not published yet: then it may still move or fall away.</param>
public readonly record struct ScheduledInstant(DateTimeOffset At, bool IsProvisional);

/// <summary>What happens to an instant on a day on which the calendar has no work.</summary>
public enum FreeDayPolicy
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>It falls away.</summary>
    Skip,

    /// <summary>It moves to the same time on the working day before.</summary>
    Before,

    /// <summary>It moves to the same time on the working day after.</summary>
    After,
}

/// <summary>What happens at an instant while the instance that the schedule started last still runs.</summary>
public enum OverlapPolicy
{
    /// <summary>Another one is started.</summary>
    Start,

    /// <summary>None is started for this instant.</summary>
    Skip,

    /// <summary>It is started when that one has ended.</summary>
    Queue,
}
