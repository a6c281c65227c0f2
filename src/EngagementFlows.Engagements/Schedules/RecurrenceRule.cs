namespace EngagementFlows.Engagements.Schedules;

/// <summary>A recurrence rule of RFC 5545 by days: FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST.</summary>
/// <remarks>
/// Pure arithmetic of dates; the time of day is that of the start, as in RFC 5545 without BYHOUR. A first date that does not match the rule is no occurrence, and COUNT counts those
/// that do (RFC 5545 leaves that case open). Immutable; safe for use by many threads.
/// </remarks>
public sealed class RecurrenceRule
{
    private const int SearchedYears = 100;

    internal RecurrenceRule(RecurrenceRuleParts parts) => Parts = parts;

    internal RecurrenceRuleParts Parts { get; }

    /// <summary>Gets the most occurrences that COUNT may ask for.</summary>
    public static int MostCount => 10_000;

    /// <summary>Returns the local date-times of the rule in order, from <paramref name="from"/> on.</summary>
    /// <param name="start">The local start (DTSTART); no occurrence lies before it.</param>
    /// <param name="from">Where to begin; earlier occurrences are counted, not returned.</param>
    /// <returns>The occurrences; they end with COUNT or UNTIL, or when the rule matches nothing for 100 years.</returns>
    public IEnumerable<DateTime> From(DateTime start, DateTime from)
    {
        DateOnly first = DateOnly.FromDateTime(start);
        TimeOnly time = TimeOnly.FromDateTime(start);
        int counted = 0;
        int period = Parts.Count is null ? FirstPeriod(first, DateOnly.FromDateTime(from)) : 0;
        DateOnly lastFound = first > DateOnly.FromDateTime(from) ? first : DateOnly.FromDateTime(from);
        while (BeginOf(first, period) is { } begin && begin.Year <= lastFound.Year + SearchedYears)
        {
            period++;
            foreach (DateOnly date in Selected(first, begin))
            {
                if (date < first)
                    continue;
                DateTime occurrence = date.ToDateTime(time);
                if (occurrence > Parts.Until)
                    yield break;
                lastFound = date > lastFound ? date : lastFound;
                counted++;
                if (occurrence >= from)
                    yield return occurrence;
                if (counted == Parts.Count)
                    yield break;
            }
        }
    }

    private int FirstPeriod(DateOnly first, DateOnly from)
    {
        if (from <= first)
            return 0;
        long passed = Parts.Frequency switch
        {
            RecurrenceFrequency.Yearly => from.Year - first.Year,
            RecurrenceFrequency.Monthly => ((from.Year - first.Year) * 12) + from.Month - first.Month,
            RecurrenceFrequency.Weekly => (from.DayNumber - first.DayNumber) / 7,
            _ => from.DayNumber - first.DayNumber,
        };
        return (int)Math.Max(0, (passed / Parts.Interval) - 1);
    }

    // Null beyond the end of the calendar.
    private DateOnly? BeginOf(DateOnly first, int period)
    {
        long steps = (long)period * Parts.Interval;
        switch (Parts.Frequency)
        {
            case RecurrenceFrequency.Yearly:
                return first.Year + steps > 9998 ? null : new DateOnly((int)(first.Year + steps), 1, 1);
            case RecurrenceFrequency.Monthly:
                long month = (first.Year * 12L) + first.Month - 1 + steps;
                return month / 12 > 9998 ? null : new DateOnly((int)(month / 12), (int)(month % 12) + 1, 1);
            case RecurrenceFrequency.Weekly:
                int back = ((int)first.DayOfWeek - (int)Parts.WeekStart + 7) % 7;
                return first.DayNumber - back + (steps * 7) > LastDay ? null : DateOnly.FromDayNumber(Math.Max(0, (int)(first.DayNumber - back + (steps * 7))));
            default:
                return first.DayNumber + steps > LastDay ? null : DateOnly.FromDayNumber((int)(first.DayNumber + steps));
        }
    }

    private static int LastDay { get; } = new DateOnly(9998, 12, 31).DayNumber;

    private List<DateOnly> Selected(DateOnly first, DateOnly begin)
    {
        int days = Parts.Frequency switch
        {
            RecurrenceFrequency.Yearly => DateTime.IsLeapYear(begin.Year) ? 366 : 365,
            RecurrenceFrequency.Monthly => DateTime.DaysInMonth(begin.Year, begin.Month),
            RecurrenceFrequency.Weekly => 7,
            _ => 1,
        };
        List<DateOnly> dates = [];
        for (int i = 0; i < days; i++)
        {
            DateOnly date = begin.AddDays(i);
            if (Matches(first, date))
                dates.Add(date);
        }

        if (Parts.Positions.Count == 0)
            return dates;
        return [.. Parts.Positions.Select(position => position > 0 ? position - 1 : dates.Count + position).Where(index => index >= 0 && index < dates.Count).Distinct().Order().Select(index => dates[index])];
    }

    private bool Matches(DateOnly first, DateOnly date)
    {
        bool hasDay = Parts.Days.Count > 0 || Parts.MonthDays.Count > 0;
        if (Parts.Months.Count > 0 ? !Parts.Months.Contains(date.Month) : Parts.Frequency == RecurrenceFrequency.Yearly && !hasDay && date.Month != first.Month)
            return false;
        if (Parts.MonthDays.Count > 0 && !IsMonthDay(date))
            return false;
        if (Parts.Days.Count > 0)
            return Parts.Days.Any(day => IsDay(day, date));
        return Parts.MonthDays.Count > 0 || Parts.Frequency switch
        {
            RecurrenceFrequency.Daily => true,
            RecurrenceFrequency.Weekly => date.DayOfWeek == first.DayOfWeek,
            _ => date.Day == first.Day,
        };
    }

    private bool IsMonthDay(DateOnly date)
    {
        int length = DateTime.DaysInMonth(date.Year, date.Month);
        return Parts.MonthDays.Contains(date.Day) || Parts.MonthDays.Contains(date.Day - length - 1);
    }

    private bool IsDay(RecurrenceDay day, DateOnly date)
    {
        if (date.DayOfWeek != day.Day)
            return false;
        if (day.Ordinal == 0)
            return true;
        // Of the year only where the year is the period and no month is named.
        bool isOfYear = Parts.Frequency == RecurrenceFrequency.Yearly && Parts.Months.Count == 0;
        int place = isOfYear ? date.DayOfYear : date.Day;
        int length = isOfYear ? (DateTime.IsLeapYear(date.Year) ? 366 : 365) : DateTime.DaysInMonth(date.Year, date.Month);
        return day.Ordinal > 0 ? (place - 1) / 7 == day.Ordinal - 1 : (length - place) / 7 == -day.Ordinal - 1;
    }
}
