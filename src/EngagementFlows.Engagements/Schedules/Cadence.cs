using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine.Scheduling;

namespace EngagementFlows.Engagements.Schedules;

/// <summary>When something comes again, before calendars and ends are looked at.</summary>
/// <remarks>
/// Pure and immutable. A wall-clock time that a clock change skips is served at the instant of the change; one that comes twice, at the first. An interval, and a cron expression
/// that is one (<c>*/10 * * * *</c>), follow elapsed time through both.
/// </remarks>
public abstract record Cadence
{
    /// <summary>Returns the first instant after <paramref name="after"/>, in UTC; <see langword="null"/> if there is none.</summary>
    public abstract DateTimeOffset? Next(DateTimeOffset after);

    /// <summary>Returns the time of day at which an occurrence is to come on the day to which it is moved.</summary>
    /// <param name="wall">Its local time.</param>
    public virtual TimeOnly TimeWhenMoved(DateTime wall) => TimeOnly.FromDateTime(wall);
}

/// <summary>Instants by a cron expression.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="Zone">The zone in which it is meant.</param>
public sealed record CronCadence(CronExpression Expression, TimeZoneInfo Zone) : Cadence
{
    /// <inheritdoc/>
    public override DateTimeOffset? Next(DateTimeOffset after) => Expression.Next(after, Zone);
}

/// <summary>Instants by a recurrence rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Start">The first local date-time (DTSTART); it gives the time of day.</param>
/// <param name="Zone">The zone in which it is meant.</param>
public sealed record RuleCadence(RecurrenceRule Rule, DateTime Start, TimeZoneInfo Zone) : Cadence
{
    /// <inheritdoc/>
    public override DateTimeOffset? Next(DateTimeOffset after)
    {
        // A day earlier: a gap moves a wall-clock time forward, so one before "after" may mean an instant behind it.
        DateTime wall = TimeZoneInfo.ConvertTime(after, Zone).DateTime;
        DateTime from = wall > DateTime.MinValue.AddDays(2) ? wall.AddDays(-1) : wall;
        foreach (DateTime occurrence in Rule.From(Start, from))
        {
            DateTimeOffset instant = WallClock.ToInstant(occurrence, Zone);
            if (instant > after)
                return instant;
        }

        return null;
    }

    /// <inheritdoc/>
    /// <remarks>That of the rule: a clock change that shifts the day's own time does not concern another day.</remarks>
    public override TimeOnly TimeWhenMoved(DateTime wall) => TimeOnly.FromDateTime(Start);
}

/// <summary>Instants at a fixed distance of elapsed time.</summary>
/// <param name="Length">The distance.</param>
/// <param name="Start">The first instant.</param>
public sealed record IntervalCadence(TimeSpan Length, DateTimeOffset Start) : Cadence
{
    /// <inheritdoc/>
    public override DateTimeOffset? Next(DateTimeOffset after)
    {
        if (after < Start)
            return Start;
        long steps = ((after - Start).Ticks / Length.Ticks) + 1;
        return steps > (DateTimeOffset.MaxValue - Start).Ticks / Length.Ticks ? null : Start + TimeSpan.FromTicks(steps * Length.Ticks);
    }
}
