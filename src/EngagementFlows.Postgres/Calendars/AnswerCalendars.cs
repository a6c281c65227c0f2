using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine.Effects;
using Npgsql;

namespace EngagementFlows.Postgres.Calendars;

/// <summary>Answers which calendars hold, with one query per kind.</summary>
internal static class AnswerCalendars
{
    public static async Task ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<CalendarAsked> questions, TimeZoneInfo office, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        Guid[] engagements = [.. questions.Where(IsOfClient).Select(question => question.EngagementId).Distinct()];
        string[] ids = [.. questions.Where(question => !IsOfClient(question)).Select(question => question.Calendar).Distinct()];
        Dictionary<Guid, (string? Country, string Zone, bool IsInternal)> places = engagements.Length == 0 ? [] : await FindClientPlaces.ExecuteAsync(connection, engagements, cancellationToken);
        string[] countries = [.. places.Values.Select(CountryOf).OfType<string>().Distinct()];
        // The firm is its own client: what is internal follows the firm's calendar.
        if (places.Values.Any(place => place.IsInternal))
            ids = [.. ids.Union([CalendarAsked.OfFirm])];
        Dictionary<string, CalendarDefinition> calendars = ids.Length + countries.Length == 0 ? [] : await LoadCalendars.ExecuteAsync(connection, ids, countries, cancellationToken);
        Dictionary<string, CalendarDefinition> ofCountries = calendars.Values.Where(calendar => calendar.ServesClients).ToDictionary(calendar => calendar.Country!, StringComparer.Ordinal);
        foreach (CalendarAsked question in questions)
            answers[question] = IsOfClient(question) ? OfClient(question, places, ofCountries, calendars, office) : Named(question.Calendar, calendars, office);
    }

    private static bool IsOfClient(CalendarAsked question) => question.Calendar == CalendarAsked.OfClient;

    private static string? CountryOf((string? Country, string Zone, bool IsInternal) place) => place.Country ?? ZoneCountries.Find(place.Zone);

    private static object OfClient(
        CalendarAsked question, Dictionary<Guid, (string? Country, string Zone, bool IsInternal)> places, Dictionary<string, CalendarDefinition> ofCountries,
        Dictionary<string, CalendarDefinition> calendars, TimeZoneInfo office)
    {
        if (!places.TryGetValue(question.EngagementId, out (string? Country, string Zone, bool IsInternal) place))
            return new Unanswerable($"The engagement '{question.EngagementId}' does not exist, so it has no client's calendar. Start the flow with the id of an engagement as correlation id.");
        if (place.IsInternal)
            return Named(CalendarAsked.OfFirm, calendars, office);
        if (TimeZoneInfo.TryFindSystemTimeZoneById(place.Zone, out TimeZoneInfo? zone))
            return CountryOf(place) is { } country && ofCountries.TryGetValue(country, out CalendarDefinition? kept) ? kept.ForClient(zone) : CalendarDefinition.OfClient(place.Country, zone);
        return new Unanswerable($"The contact's zone '{place.Zone}' is not known to this machine. Correct it, then retry.");
    }

    private static object Named(string name, Dictionary<string, CalendarDefinition> calendars, TimeZoneInfo office) =>
        NamedCalendars.Find(name, calendars, office) as object
        ?? new Unanswerable($"There is no calendar '{name}'. Use client, firm, the name of a calendar of the firm, or one of {string.Join(", ", HolidayTables.Countries)}.");
}
