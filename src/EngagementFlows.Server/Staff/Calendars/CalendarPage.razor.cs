using System.Globalization;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Calendars;

/// <summary>One calendar: its hours, a year of it, its own days, and what a due date would be.</summary>
public sealed partial class CalendarPage
{
    private bool _isRead;
    private CalendarDetail? _detail;
    private WorkCalendar? _work;
    private DateTime _from;
    private CalendarInstant? _due;
    private DueExplanation? _why;
    private string? _fault;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery(Name = "year")]
    private int? Year { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "duration")]
    private string? Length { get; set; }

    [Inject]
    private ListCalendars Calendars { get; set; } = null!;

    [Inject]
    private ServerOptions Options { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool May => CurrentPerson.Of(Context.User).May(Policies.ManageCalendars);

    private int Shown => Math.Clamp(Year ?? TimeZoneInfo.ConvertTime(Reader.Now, _work!.Zone).Year, YearPart.First, YearPart.Last);

    // Dates of a calendar are read where it counts.
    private Reader There => Reader with { Zone = _work!.Zone };

    private string Known => _detail!.Definition.Holidays() switch
    {
        { PublishedThrough: < int.MaxValue and var year } => $"{Reader.Say(CalendarTexts.Known)} {Reader.Say(year == _detail.Definition.PublishedThrough ? CalendarTexts.KnownByFirm : CalendarTexts.KnownYear, year)}",
        _ => Reader.Say(CalendarTexts.KnownAlways),
    };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _detail = CalendarDefinition.IsId(Id) ? await Calendars.FindAsync(Id, Context.RequestAborted) : null;
        _work = _detail?.Definition.At(Options.Firm.Zone);
        _isRead = true;
        if (_work is not null)
            Compute(_work);
    }

    private void Compute(WorkCalendar work)
    {
        _from = DateTime.TryParseExact(From, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime given) && given.Year is >= IcsHolidays.FirstYear and <= IcsHolidays.LastYear
            ? given
            : TimeZoneInfo.ConvertTime(Reader.Now, work.Zone).DateTime;
        if (Length is null)
            return;
        if (!WorkingTime.TryParse(Length, out WorkingTime? time))
        {
            _fault = Reader.Say(CalendarTexts.NoDuration, PageInput.Line(Length) ?? "");
            return;
        }

        DateTimeOffset from = WallClock.ToInstant(_from, work.Zone);
        _due = work.Add(from, time!);
        _why = DueExplanation.Of(work, from, _due.Value.At);
    }

    private string Hours(IReadOnlyList<OpenHours> hours) => hours.Count == 0
        ? Reader.Say(CalendarTexts.Free)
        : string.Join(", ", hours.Select(open => string.Create(CultureInfo.InvariantCulture, $"{open.From:HH\\:mm}–{open.To:HH\\:mm}")));
}
