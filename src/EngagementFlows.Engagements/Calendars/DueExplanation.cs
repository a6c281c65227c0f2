namespace EngagementFlows.Engagements.Calendars;

/// <summary>Why a due date falls where it does: what was counted on the way.</summary>
/// <param name="WorkingDays">Working days after the first day, the last one included.</param>
/// <param name="DaysOff">Days off on the way.</param>
/// <param name="Special">The holidays and make-up working days among them, in order.</param>
public sealed record DueExplanation(int WorkingDays, int DaysOff, IReadOnlyList<Holiday> Special)
{
    /// <summary>Returns what lies between an instant and the due date that follows from it.</summary>
    public static DueExplanation Of(WorkCalendar calendar, DateTimeOffset from, DateTimeOffset due)
    {
        DateOnly first = Day(from);
        (int working, int off) = (0, 0);
        List<Holiday> special = [];
        for (DateOnly date = first; date <= Day(due); date = date.AddDays(1))
        {
            if (calendar.SpecialOn(date) is { } day)
                special.Add(day);
            if (!calendar.IsWorkingDay(date))
                off++;
            else if (date > first)
                working++;
        }

        return new(working, off, special);

        DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, calendar.Zone).DateTime);
    }
}
