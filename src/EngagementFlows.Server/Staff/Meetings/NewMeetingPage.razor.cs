using System.Globalization;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engine;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Meetings;

/// <summary>Arranges a single meeting for an engagement; a page that is sent twice arranges one. What was typed stays where it has a fault.</summary>
public sealed partial class NewMeetingPage
{
    private const int LongestText = 2_000;

    private bool _isRead;
    private EngagementSnapshot? _engagement;
    private Person[] _others = [];
    private Guid _sheet = TimeOrderedId.Create(TimeProvider.System.GetUtcNow());
    private string _title = "";
    private string _otherTitle = "";
    private bool _isWithClient = true;
    private HashSet<Guid> _colleagues = [];
    private string _startsAt = "";
    private string _minutes = "60";
    private string _place = "";
    private string _agenda = "";
    private string _message = "";
    private string? _fault;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private GetEngagement Engagements { get; set; } = null!;

    [Inject]
    private ListStaff Staff { get; set; } = null!;

    [Inject]
    private ArrangeMeeting Arranging { get; set; } = null!;

    [Inject]
    private DatabaseClock Clock { get; set; } = null!;

    [Inject]
    private Notices Notices { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _engagement = await Engagements.ExecuteAsync(Id, Context.RequestAborted);
        if (_engagement is { } engagement)
        {
            _others =
            [
                .. (await Staff.ExecuteAsync(Context.RequestAborted))
                    .Where(one => one.IsActive && one.Id != engagement.Owner.Id && one.Id != engagement.Architect?.Id && engagement.IsOpenTo(one.Id)),
            ];
            _isWithClient = engagement.Internal is null;
        }

        _isRead = true;
    }

    private async Task ArrangeAsync()
    {
        IFormCollection form = await Context.Request.ReadFormAsync(Context.RequestAborted);
        Keep(form);
        LocalizedText? fault = Read(form, out Meeting? meeting);
        if (fault is not null || meeting is null || _engagement is not { Client.ErasedAt: null })
        {
            _fault = fault is null ? null : Reader.Say(fault, TextRule.NameLength);
            return;
        }

        CurrentPerson person = CurrentPerson.Of(Context.User);
        MeetingWanted wanted = new(meeting, [.. _colleagues], person.Caller, person.Name, _message.Length == 0 ? null : _message);
        MeetingVerdict verdict = await Arranging.ExecuteAsync(wanted, Clock.Now, _ => Task.CompletedTask, Context.RequestAborted);
        if (MeetingEndpoint.FaultOf(verdict) is { } refused)
        {
            _fault = Reader.Say(refused);
            return;
        }

        Notices.Tell(Context, Reader.Say(MeetingTexts.ArrangedNow));
        Context.Response.Redirect(Site.Link(StaffUrls.Meeting(meeting.Id)));
    }

    private void Keep(IFormCollection form)
    {
        _title = form["title"].ToString().Trim();
        _otherTitle = form["otherTitle"].ToString().Trim();
        _isWithClient = _engagement?.Internal is null && form["audience"] != "internal";
        _colleagues = [.. form["colleague"].Select(text => Guid.TryParse(text, out Guid id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];
        _startsAt = form["startsAt"].ToString();
        _minutes = form["minutes"].ToString();
        _place = form["place"].ToString().Trim();
        _agenda = form["agenda"].ToString().ReplaceLineEndings("\n").Trim();
        _message = form["message"].ToString().ReplaceLineEndings("\n").Trim();
    }

    private LocalizedText? Read(IFormCollection form, out Meeting? meeting)
    {
        meeting = null;
        if (!Guid.TryParseExact(form["sheet"].ToString(), "D", out Guid sheet))
            return MeetingTexts.PageTooOld;
        _sheet = sheet;
        if (_title.Length == 0 || TextRule.FaultOfLine(_title, TextRule.NameLength) is not null || TextRule.FaultOfLine(_otherTitle, TextRule.NameLength) is not null)
            return MeetingTexts.TitleFaulty;
        if (!int.TryParse(_minutes, NumberStyles.None, CultureInfo.InvariantCulture, out int minutes) || minutes is < MeetingRules.LeastMinutes or > MeetingRules.MostMinutes
            || MeetingEndpoint.Moment(_startsAt, Reader.Zone.Id) is not { } startsAt)
            return MeetingTexts.TimeFaulty;
        if (TextRule.FaultOfText(_agenda, LongestText) is not null || TextRule.FaultOfText(_message, LongestText) is not null || MeetingRules.FaultOfPlace(_place.Length == 0 ? null : _place) is not null)
            return MeetingTexts.TextFaulty;
        string other = _otherTitle.Length == 0 ? _title : _otherTitle;
        meeting = new()
        {
            Id = sheet,
            EngagementId = Id,
            Title = Reader.Language == Language.Chinese ? new(other, _title) : new(_title, other),
            Agenda = _agenda.Length == 0 ? null : new(_agenda, _agenda),
            Audience = _isWithClient ? MeetingAudience.Client : MeetingAudience.Internal,
            Place = _place.Length == 0 ? null : _place,
            StartsAt = startsAt,
            EndsAt = startsAt.AddMinutes(minutes),
            Zone = Reader.Zone.Id,
        };
        return null;
    }
}
