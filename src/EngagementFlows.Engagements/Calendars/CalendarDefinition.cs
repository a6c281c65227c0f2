using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Calendars;

/// <summary>A calendar as the firm keeps it.</summary>
/// <param name="Id">The name by which flows call it.</param>
/// <param name="Name">The name that people read.</param>
/// <param name="Zone">The zone in which its hours are meant; <see langword="null"/> = that of the firm's office.</param>
/// <param name="Country">The country whose holidays it has; <see langword="null"/> = only its own days.</param>
/// <param name="Week">Its working week.</param>
/// <param name="Days">Days of its own; they go before those of the country.</param>
/// <param name="Revision">Rises with every change.</param>
public sealed record CalendarDefinition(string Id, LocalizedText Name, TimeZoneInfo? Zone, string? Country, WorkingWeek Week, IReadOnlyList<Holiday> Days, long Revision)
{
    /// <summary>Returns the calendar to compute with.</summary>
    public WorkCalendar At(TimeZoneInfo office)
    {
        HolidayTable? country = Country is null ? null : HolidayTables.For(Country);
        HolidayTable? holidays = Days.Count == 0 ? country : (country ?? new HolidayTable(Id, "", int.MaxValue, [])).With(Days);
        return new(Id, string.Join(" / ", new[] { country?.Source, FormattableString.Invariant($"{Id} {Revision}") }.Where(part => !string.IsNullOrEmpty(part))), Zone ?? office, Week, holidays);
    }

    /// <summary>Returns the calendar of a client: the country's holidays, the usual hours in the contact's zone.</summary>
    /// <param name="country">The client's country; <see langword="null"/> = that of the zone.</param>
    /// <param name="zone">The contact's zone.</param>
    public static WorkCalendar OfClient(string? country, TimeZoneInfo zone)
    {
        string? code = country ?? ZoneCountries.Find(zone.Id);
        HolidayTable? holidays = code is null ? null : HolidayTables.For(code);
        return new(CalendarAsked.OfClient, holidays?.Source ?? "", zone, WorkingWeek.Usual, holidays);
    }
}
