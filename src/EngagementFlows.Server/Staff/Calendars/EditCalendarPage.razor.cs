using System.Globalization;
using System.Text.Json;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Server.Calendars;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;
using Npgsql;

namespace EngagementFlows.Server.Staff.Calendars;

/// <summary>Makes or changes a calendar; what was typed stays where it has a fault.</summary>
public sealed partial class EditCalendarPage
{
    private const string MakeUpDay = "makeUpDay";

    private readonly Dictionary<string, string> _fields = Names.ToDictionary(name => name, _ => "", StringComparer.Ordinal);
    private bool _isRead;
    private CalendarDetail? _seen;
    private string? _fault;

    [Parameter]
    public string? Id { get; set; }

    [Inject]
    private ListCalendars Calendars { get; set; } = null!;

    [Inject]
    private CalendarDesk Desk { get; set; } = null!;

    [Inject]
    private ServerOptions Options { get; set; } = null!;

    [Inject]
    private Notices Notices { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private static IEnumerable<string> Names => ["id", "name", "nameZh", "zone", "country", "through", "serves", MakeUpDay, .. CalendarTexts.Days.Select(Key)];

    private IReadOnlyList<(string Text, string Url)> Trail => _seen is null
        ? [(Reader.Say(CalendarTexts.Title), StaffUrls.Calendars)]
        : [(Reader.Say(CalendarTexts.Title), StaffUrls.Calendars), (Reader.Say(_seen.Definition.Name), StaffUrls.Calendar(_seen.Line.Id))];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _seen = Id is not null && CalendarDefinition.IsId(Id) ? await Calendars.FindAsync(Id, Context.RequestAborted) : null;
        _isRead = true;
        WorkingWeek week = _seen?.Definition.Week ?? WorkingWeek.Usual;
        foreach (DayOfWeek day in CalendarTexts.Days)
            _fields[Key(day)] = Hours(week[day]);
        _fields[MakeUpDay] = Hours(week.MakeUpDay);
        if (_seen is not { Definition: var calendar })
            return;
        _fields["name"] = calendar.Name.En;
        _fields["nameZh"] = calendar.Name.ZhCn;
        _fields["zone"] = calendar.Zone?.Id ?? "";
        _fields["country"] = calendar.Country ?? "";
        _fields["through"] = calendar.PublishedThrough?.ToString(CultureInfo.InvariantCulture) ?? "";
        _fields["serves"] = calendar.ServesClients ? "yes" : "";
    }

    private async Task SaveAsync()
    {
        IFormCollection form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        foreach (string name in Names)
            _fields[name] = PageInput.Line(form[name]) ?? "";
        int? through = int.TryParse(_fields["through"], NumberStyles.None, CultureInfo.InvariantCulture, out int year) ? year : _fields["through"].Length == 0 ? null : 0;
        string id = Id ?? _fields["id"];
        long revision = _seen is null ? 0 : long.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out long given) ? given : -1;
        CalendarDefinition? calendar = CalendarRules.Read(
            id, revision, new LocalizedText(_fields["name"], _fields["nameZh"]), Filled("zone"), Filled("country"), WeekJson(), _seen?.Definition.Days ?? [], through, _fields["serves"] == "yes", out LocalizedText? fault);
        if (calendar is null)
        {
            _fault = Reader.Say(fault!);
            return;
        }

        try
        {
            if (!await Desk.SaveAsync(calendar, _seen is null ? "CalendarMade" : "CalendarChanged", CurrentPerson.Of(Context.User).Caller, Context.RequestAborted))
            {
                _fault = Reader.Say(CalendarTexts.ChangedMeanwhile);
                return;
            }
        }
        catch (PostgresException refused) when (CalendarDesk.IsServedAlready(refused))
        {
            _fault = Reader.Say(CalendarTexts.ServedAlready, calendar.Country);
            return;
        }

        Notices.Tell(Context, Reader.Say(CalendarTexts.Saved));
        Context.Response.Redirect(Site.Link(StaffUrls.Calendar(id)));
    }

    private string? Filled(string name) => _fields[name].Length == 0 ? null : _fields[name];

    private string WeekJson() => JsonSerializer.Serialize(Names.Where(name => name == MakeUpDay || CalendarTexts.Days.Any(day => Key(day) == name)).Where(name => _fields[name].Length > 0).ToDictionary(
        name => name, name => _fields[name].Split([',', '，', '、', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));

    private static string Key(DayOfWeek day) => day.ToString().ToLowerInvariant();

    private static string Hours(IReadOnlyList<OpenHours> hours) =>
        string.Join(", ", hours.Select(open => string.Create(CultureInfo.InvariantCulture, $"{open.From:HH\\:mm}-{open.To:HH\\:mm}")));
}
