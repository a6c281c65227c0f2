using System.Text.RegularExpressions;
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
public sealed partial record CalendarDefinition(string Id, LocalizedText Name, TimeZoneInfo? Zone, string? Country, WorkingWeek Week, IReadOnlyList<Holiday> Days, long Revision)
{
    /// <summary>Gets the names that mean something else.</summary>
    public static IReadOnlyList<string> Reserved { get; } = [CalendarAsked.OfClient, "countries", "provisional", "new"];

    /// <summary>Gets the last year for which the firm has entered all days itself, before the country's table has them; <see langword="null"/> = as the table says.</summary>
    public int? PublishedThrough { get; init; }

    /// <summary>Gets whether clients of the country follow it: its week and days, in the contact's zone.</summary>
    public bool ServesClients { get; init; }

    /// <summary>Tells whether a text can be the name of a calendar: small letters, digits and hyphens, a letter first, at most 40; not one of <see cref="Reserved"/>.</summary>
    public static bool IsId(string id) => IdForm().IsMatch(id) && !Reserved.Contains(id);

    /// <summary>Returns the days that are not what the week says: the country's and its own; <see langword="null"/> if it has neither.</summary>
    public HolidayTable? Holidays()
    {
        HolidayTable? country = Country is null ? null : HolidayTables.For(Country);
        HolidayTable? all = Days.Count == 0 ? country : (country ?? new HolidayTable(Id, "", int.MaxValue, [])).With(Days);
        return PublishedThrough is { } year ? all?.KnownThrough(year) : all;
    }

    /// <summary>Returns the calendar to compute with.</summary>
    public WorkCalendar At(TimeZoneInfo office)
    {
        HolidayTable? holidays = Holidays();
        return new(Id, VersionOf(holidays), Zone ?? office, Week, holidays);
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

    /// <summary>Returns the calendar of a client whose country follows this one.</summary>
    /// <param name="zone">The contact's zone.</param>
    public WorkCalendar ForClient(TimeZoneInfo zone)
    {
        HolidayTable? holidays = Holidays();
        return new(CalendarAsked.OfClient, VersionOf(holidays), zone, Week, holidays);
    }

    private string VersionOf(HolidayTable? holidays) =>
        string.Join(" / ", new[] { holidays?.Source, FormattableString.Invariant($"{Id} {Revision}") }.Where(part => !string.IsNullOrEmpty(part)));

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();
}
