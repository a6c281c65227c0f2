using EngagementFlows.Engagements.Calendars;

namespace EngagementFlows.Server.Calendars;

/// <summary>Puts imported days into a calendar.</summary>
internal static class CalendarImport
{
    /// <summary>Returns the calendar with the days of the file in the place of its own on the same dates.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="reading">The file, without faults.</param>
    /// <param name="publishedThrough">The last year that is whole now; <see langword="null"/> = as it was.</param>
    public static CalendarDefinition Merge(CalendarDefinition calendar, IcsReading reading, int? publishedThrough)
    {
        Dictionary<DateOnly, Holiday> days = calendar.Days.ToDictionary(day => day.Date);
        foreach (Holiday day in reading.Days)
            days[day.Date] = day;
        return calendar with { Days = [.. days.Values.OrderBy(day => day.Date)], PublishedThrough = publishedThrough ?? calendar.PublishedThrough };
    }
}
