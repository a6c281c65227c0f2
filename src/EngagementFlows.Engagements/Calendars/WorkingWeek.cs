namespace EngagementFlows.Engagements.Calendars;

/// <summary>Working hours of a day, from opening to closing.</summary>
/// <param name="From">Opening, local time.</param>
/// <param name="To">Closing, local time; later than <paramref name="From"/>.</param>
public readonly record struct OpenHours(TimeOnly From, TimeOnly To);

/// <summary>The hours at which a firm works in an ordinary week.</summary>
public sealed class WorkingWeek
{
    private readonly IReadOnlyList<OpenHours>[] _days;

    /// <summary>Creates a week.</summary>
    /// <param name="days">Hours by day of the week, in order and apart from each other; a day that is missing is free.</param>
    /// <param name="makeUpDay">Hours of a weekend day on which people work instead of another day.</param>
    /// <exception cref="ArgumentException">Hours overlap, are out of order or empty, or the week has no hours at all.</exception>
    public WorkingWeek(IReadOnlyDictionary<DayOfWeek, IReadOnlyList<OpenHours>> days, IReadOnlyList<OpenHours> makeUpDay)
    {
        _days = [.. Enum.GetValues<DayOfWeek>().Select(day => days.GetValueOrDefault(day) ?? [])];
        MakeUpDay = makeUpDay;
        foreach (IReadOnlyList<OpenHours> hours in _days.Append(makeUpDay))
            Check(hours);
        if (_days.All(hours => hours.Count == 0))
            throw new ArgumentException("The working week has no working hours at all; name at least one day with its hours.", nameof(days));
    }

    /// <summary>Gets Monday to Friday, 9:00 to 12:00 and 13:00 to 18:00.</summary>
    public static WorkingWeek Usual { get; } = Make([new(new(9, 0), new(12, 0)), new(new(13, 0), new(18, 0))]);

    /// <summary>Gets the hours of a weekend day on which people work instead of another day.</summary>
    public IReadOnlyList<OpenHours> MakeUpDay { get; }

    /// <summary>Returns the hours of an ordinary day; empty if it is free.</summary>
    public IReadOnlyList<OpenHours> this[DayOfWeek day] => _days[(int)day];

    private static WorkingWeek Make(IReadOnlyList<OpenHours> hours) => new(
        Enum.GetValues<DayOfWeek>().Where(day => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToDictionary(day => day, _ => hours),
        hours);

    private static void Check(IReadOnlyList<OpenHours> hours)
    {
        TimeOnly? last = null;
        foreach (OpenHours open in hours)
        {
            if (open.From >= open.To || open.From < last)
                throw new ArgumentException($"The working hours '{open.From:HH:mm}–{open.To:HH:mm}' are empty, overlap or are out of order; list them from morning to evening.");
            last = open.To;
        }
    }
}
