using System.Globalization;
using System.Text;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Postgres.Calendars;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Calendars;

/// <summary>Shows what a file would bring into a calendar, or what is wrong with it by line; nothing happens before somebody confirms it.</summary>
public sealed partial class ImportCalendarPage
{
    private bool _isRead;
    private CalendarDetail? _calendar;
    private IcsReading? _reading;
    private string _text = "";
    private string? _fault;

    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    private ListCalendars Calendars { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private string? Through => _calendar?.Definition.PublishedThrough?.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _calendar = CalendarDefinition.IsId(Id) ? await Calendars.FindAsync(Id, Context.RequestAborted) : null;
        _isRead = true;
    }

    private async Task LookAsync()
    {
        IFormCollection form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
        {
            _fault = Reader.Say(CalendarTexts.NoFile);
            return;
        }

        using MemoryStream content = new((int)file.Length);
        await file.CopyToAsync(content, Context.RequestAborted);
        _text = Encoding.UTF8.GetString(content.ToArray()).Replace("\0", "", StringComparison.Ordinal);
        _reading = IcsHolidays.Read(_text);
    }
}
