using EngagementFlows.Engagements.Calendars;
using Npgsql;

namespace EngagementFlows.Postgres.Calendars;

/// <summary>Finds calendars by the names that flows and schedules use: <c>firm</c>, one of the firm's own, or a country's code. The one routine for all who name a calendar.</summary>
public static class NamedCalendars
{
    /// <summary>Returns the calendars by name; names of none are left out.</summary>
    /// <param name="connection">A connection; perhaps in a transaction.</param>
    /// <param name="names">The names.</param>
    /// <param name="office">The zone of the firm's office, for calendars that have none of their own.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public static async Task<Dictionary<string, WorkCalendar>> LoadAsync(NpgsqlConnection connection, string[] names, TimeZoneInfo office, CancellationToken cancellationToken)
    {
        Dictionary<string, CalendarDefinition> own = await LoadCalendars.ExecuteAsync(connection, names, countries: [], cancellationToken);
        Dictionary<string, WorkCalendar> found = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (Find(name, own, office) is { } calendar)
                found[name] = calendar;
        }

        return found;
    }

    /// <summary>Returns the calendar of a name among those of the firm that were loaded and the countries' own; <see langword="null"/> if there is none.</summary>
    internal static WorkCalendar? Find(string name, Dictionary<string, CalendarDefinition> own, TimeZoneInfo office)
    {
        if (own.TryGetValue(name, out CalendarDefinition? calendar))
            return calendar.At(office);
        return HolidayTables.Find(name) is { } holidays ? new WorkCalendar(name, holidays.Source, office, WorkingWeek.Usual, holidays) : null;
    }
}
