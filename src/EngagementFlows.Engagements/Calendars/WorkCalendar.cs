namespace EngagementFlows.Engagements.Calendars;

/// <summary>An instant that was computed from a calendar.</summary>
/// <param name="At">The instant.</param>
/// <param name="IsProvisional">Whether a year was crossed whose holidays are not published yet: computed again, it may move.</param>
/// <param name="Calendar">Id of the calendar.</param>
/// <param name="Version">Version of the calendar, to tell later from what it was computed.</param>
public readonly record struct CalendarInstant(DateTimeOffset At, bool IsProvisional, string Calendar, string Version);

/// <summary>When people work: a zone, a working week and the holidays. The one routine for every date that depends on it.</summary>
/// <remarks>Immutable; safe for use by many threads. Working time is measured in elapsed time: a working hour has sixty minutes on every day, also on those with a clock change.</remarks>
public sealed class WorkCalendar
{
    // A week that has hours, after holidays that no country has: whoever walks further has a calendar without working time.
    private const int LongestRest = 400;

    private readonly TimeZoneInfo _zone;
    private readonly WorkingWeek _week;
    private readonly HolidayTable? _holidays;

    /// <summary>Creates a calendar.</summary>
    /// <param name="id">The calendar's name.</param>
    /// <param name="version">The version of its content.</param>
    /// <param name="zone">The zone in which its hours are meant.</param>
    /// <param name="week">The working week.</param>
    /// <param name="holidays">The holidays; <see langword="null"/> = none, and nothing is ever provisional.</param>
    public WorkCalendar(string id, string version, TimeZoneInfo zone, WorkingWeek week, HolidayTable? holidays)
    {
        Id = id;
        Version = version;
        _zone = zone;
        _week = week;
        _holidays = holidays;
    }

    /// <summary>Gets the calendar's name.</summary>
    public string Id { get; }

    /// <summary>Gets the version of its content.</summary>
    public string Version { get; }

    /// <summary>Gets the zone in which its hours are meant.</summary>
    public TimeZoneInfo Zone => _zone;

    /// <summary>Returns the hours at which people work on a date; empty on a day off.</summary>
    public IReadOnlyList<OpenHours> OpenOn(DateOnly date) => HoursOf(date);

    /// <summary>Returns what is special about a date, or <see langword="null"/>.</summary>
    public Holiday? SpecialOn(DateOnly date) => _holidays?.Find(date);

    /// <summary>Tells whether the holidays of a year are known.</summary>
    public bool IsPublished(int year) => _holidays is null || year <= _holidays.PublishedThrough;

    /// <summary>Tells whether people work on a date.</summary>
    public bool IsWorkingDay(DateOnly date) => HoursOf(date).Count > 0;

    /// <summary>Returns the instant that lies a working time after another.</summary>
    /// <remarks>
    /// Days: the same local time on the n-th working day after the given one, moved into that day's hours. Hours: so much working time later. Zero of
    /// either: the next working moment.
    /// </remarks>
    public CalendarInstant Add(DateTimeOffset from, WorkingTime time) => time switch
    {
        WorkingDays days => AddDays(from, days.Count),
        WorkingHours hours => AddHours(from, hours.Length),
        _ => throw new ArgumentException($"EngagementFlows bug: working time of type '{time.GetType()}' is not known.", nameof(time)),
    };

    /// <summary>Returns when a stretch of work begins that is wished at a local time on the n-th working day after an instant.</summary>
    /// <remarks>
    /// It lies within the hours of its day and, where it is short enough, within one part of them: it does not run into the pause. One that begins too late for that is
    /// moved to the opening of the next working day. What is longer than a whole day begins at the opening.
    /// </remarks>
    /// <param name="from">The instant.</param>
    /// <param name="days">The number of working days, from 1.</param>
    /// <param name="wish">The local time.</param>
    /// <param name="length">How long it takes.</param>
    public CalendarInstant Fit(DateTimeOffset from, int days, TimeOnly wish, TimeSpan length)
    {
        DateOnly date = LocalDate(from);
        for (int passed = 0; passed < days; passed++)
            date = NextWorkingDay(date, 1);
        if (Fit(date, wish, length) is { } at)
            return Result(at, date);
        date = NextWorkingDay(date, 1);
        return Result(Fit(date, TimeOnly.MinValue, length) ?? Instant(date, HoursOf(date)[0].From), date);
    }

    /// <summary>Returns the same local time on the last working day before an instant's own day, moved into that day's hours.</summary>
    public CalendarInstant DayBefore(DateTimeOffset at) => DaysBefore(at, 1);

    /// <summary>Returns the instant that lies a working time before another.</summary>
    /// <remarks>Days: the same local time on the n-th working day before the given one, moved into that day's hours. Hours: so much working time earlier. Zero of either: the instant itself.</remarks>
    public CalendarInstant Before(DateTimeOffset at, WorkingTime time) => time switch
    {
        { IsZero: true } => Result(at, LocalDate(at)),
        WorkingDays days => DaysBefore(at, days.Count),
        WorkingHours hours => HoursBefore(at, hours.Length),
        _ => throw new ArgumentException($"EngagementFlows bug: working time of type '{time.GetType()}' is not known.", nameof(time)),
    };

    /// <summary>Returns the working time between two instants; negative if the second is the earlier one.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from)
            return -Between(to, from);

        TimeSpan sum = TimeSpan.Zero;
        DateOnly last = LocalDate(to);
        for (DateOnly date = LocalDate(from); date <= last; date = date.AddDays(1))
        {
            foreach (OpenHours hours in HoursOf(date))
            {
                DateTimeOffset begin = Later(Instant(date, hours.From), from);
                DateTimeOffset end = Earlier(Instant(date, hours.To), to);
                if (end > begin)
                    sum += end - begin;
            }
        }

        return sum;
    }

    private CalendarInstant AddDays(DateTimeOffset from, int count)
    {
        if (count == 0)
            return AddHours(from, TimeSpan.Zero);

        DateOnly date = LocalDate(from);
        for (int passed = 0, rest = 0; passed < count;)
        {
            date = date.AddDays(1);
            if (IsWorkingDay(date))
                (passed, rest) = (passed + 1, 0);
            else
                CheckRest(++rest);
        }

        return Result(IntoHours(date, TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, _zone).DateTime)), date);
    }

    private CalendarInstant AddHours(DateTimeOffset from, TimeSpan length)
    {
        TimeSpan left = length;
        DateOnly date = LocalDate(from);
        for (int rest = 0; ; date = date.AddDays(1))
        {
            IReadOnlyList<OpenHours> day = HoursOf(date);
            foreach (OpenHours hours in day)
            {
                DateTimeOffset begin = Later(Instant(date, hours.From), from);
                TimeSpan open = Instant(date, hours.To) - begin;
                if (open <= TimeSpan.Zero)
                    continue;
                if (left <= open)
                    return Result(begin + left, date);
                left -= open;
            }

            rest = day.Count > 0 ? 0 : rest + 1;
            CheckRest(rest);
        }
    }

    private CalendarInstant DaysBefore(DateTimeOffset at, int count)
    {
        DateOnly date = LocalDate(at);
        for (int passed = 0; passed < count; passed++)
            date = NextWorkingDay(date, -1);
        return Result(IntoHours(date, TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime)), date);
    }

    private CalendarInstant HoursBefore(DateTimeOffset at, TimeSpan length)
    {
        TimeSpan left = length;
        DateOnly date = LocalDate(at);
        for (int rest = 0; ; date = date.AddDays(-1))
        {
            IReadOnlyList<OpenHours> day = HoursOf(date);
            for (int part = day.Count - 1; part >= 0; part--)
            {
                DateTimeOffset end = Earlier(Instant(date, day[part].To), at);
                TimeSpan open = end - Instant(date, day[part].From);
                if (open <= TimeSpan.Zero)
                    continue;
                if (left <= open)
                    return Result(end - left, date);
                left -= open;
            }

            rest = day.Count > 0 ? 0 : rest + 1;
            CheckRest(rest);
        }
    }

    private DateOnly NextWorkingDay(DateOnly date, int step)
    {
        for (int rest = 1; ; rest++)
        {
            date = date.AddDays(step);
            if (IsWorkingDay(date))
                return date;
            CheckRest(rest);
        }
    }

    private DateTimeOffset? Fit(DateOnly date, TimeOnly wish, TimeSpan length)
    {
        IReadOnlyList<OpenHours> day = HoursOf(date);
        bool isLongerThanAPart = day.All(hours => hours.To - hours.From < length);
        foreach (OpenHours hours in day)
        {
            if (wish >= hours.To)
                continue;
            DateTimeOffset begin = Instant(date, wish < hours.From ? hours.From : wish);
            if (begin + length <= Instant(date, isLongerThanAPart ? day[^1].To : hours.To))
                return begin;
        }

        return null;
    }

    private DateTimeOffset IntoHours(DateOnly date, TimeOnly wish)
    {
        IReadOnlyList<OpenHours> day = HoursOf(date);
        foreach (OpenHours hours in day)
        {
            if (wish <= hours.To)
                return Instant(date, wish < hours.From ? hours.From : wish);
        }

        return Instant(date, day[^1].To);
    }

    private IReadOnlyList<OpenHours> HoursOf(DateOnly date) => _holidays?.Find(date) switch
    {
        null => _week[date.DayOfWeek],
        { IsWorkingDay: false } => [],
        { IsWorkingDay: true } => _week[date.DayOfWeek] is { Count: > 0 } usual ? usual : _week.MakeUpDay,
    };

    private CalendarInstant Result(DateTimeOffset at, DateOnly date) =>
        new(at.ToUniversalTime(), _holidays is not null && date.Year > _holidays.PublishedThrough, Id, Version);

    private DateOnly LocalDate(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _zone).DateTime);

    private DateTimeOffset Instant(DateOnly date, TimeOnly time) => WallClock.ToInstant(date.ToDateTime(time), _zone);

    private void CheckRest(int days)
    {
        if (days > LongestRest)
            throw new InvalidOperationException($"Calendar '{Id}' version '{Version}' has no working day in {LongestRest} days on end; check its working week and holidays.");
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
