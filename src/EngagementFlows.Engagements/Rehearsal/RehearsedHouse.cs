using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>The firm and the client of a rehearsal, from the case's field <c>house</c>: <c>{"firm": {"zone", "country"}, "client": {"zone", "country"}}</c>.</summary>
/// <param name="house">The field; <see langword="null"/> = UTC and no holidays for both.</param>
public sealed class RehearsedHouse(PlainObject? house = null)
{
    private readonly WorkCalendar _firm = Calendar(house, CalendarAsked.OfFirm);
    private readonly WorkCalendar _client = Calendar(house, CalendarAsked.OfClient);

    /// <summary>Answers a question of an activity.</summary>
    public object? Answer(Question question) => question switch
    {
        CalendarAsked { Calendar: CalendarAsked.OfFirm } => _firm,
        CalendarAsked { Calendar: CalendarAsked.OfClient } => _client,
        CalendarAsked { Calendar: var country } => HolidayTables.Find(country) is { } holidays
            ? new WorkCalendar(country, holidays.Source, TimeZoneInfo.Utc, WorkingWeek.Usual, holidays)
            : new Unanswerable($"The rehearsal has no calendar '{country}'. Use client, firm, or the code of a country."),
        _ => throw new InvalidOperationException($"EngagementFlows bug: a rehearsal has no answer to questions of type '{question.GetType()}'."),
    };

    private static WorkCalendar Calendar(PlainObject? house, string of)
    {
        PlainObject? side = house?[of] as PlainObject;
        string zone = side?["zone"] as string ?? "UTC";
        TimeZoneInfo found = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? known) ? known : throw new RehearsalException($"The zone '{zone}' of the case's '{of}' is not known. Use an IANA name like 'Asia/Shanghai'.");
        string? country = side?["country"] as string;
        return CalendarDefinition.OfClient(country, found);
    }
}
