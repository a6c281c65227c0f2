using System.Globalization;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Meetings;

/// <summary>One meeting: when for the reader and for the client, who comes, what came of it, and what a member of staff may do with it.</summary>
public sealed partial class MeetingPage
{
    // The page is drawn once before it has read anything; only then does nothing found mean that there is nothing.
    private bool _isRead;
    private MeetingDetail? _detail;
    private InvitedPerson? _own;
    private AnsweredForm? _minutes;
    private IReadOnlyList<TimelineEntry> _history = [];

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private GetMeeting Meetings { get; set; } = null!;

    [Inject]
    private ReadForms Forms { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private CurrentPerson Current => CurrentPerson.Of(Context.User);

    private bool MayChange => Current.May(Policies.ManageMeetings) && _detail is { Meeting: { State: MeetingState.Planned } meeting } && meeting.EndsAt > Reader.Now;

    private bool MayAnswer => Current.May(Policies.ManageMeetings) && _own is not null && MeetingRules.WhyNotAnswer(_detail!, Current.Id, Reader.Now) is null;

    // The clocks by which it was arranged: the client's, or the firm's for staff alone.
    private Reader There => Reader.In(PageReading.ZoneOf(_detail!.Meeting.Zone, Reader.Zone));

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _detail = await Meetings.ExecuteAsync(Id, Context.RequestAborted);
        if (_detail is not null)
        {
            _own = _detail.Invitees.FirstOrDefault(invitee => invitee.PersonId == Current.Id);
            _history = await Meetings.HistoryAsync(_detail.Meeting, Context.RequestAborted);
            _minutes = _detail.MinutesTaskId is { } task ? await Forms.OfOneAsync(task, Context.RequestAborted) : null;
        }

        _isRead = true;
    }

    private string Times(Reader reader) =>
        $"{reader.Moment(_detail!.Meeting.StartsAt)} – {TimeZoneInfo.ConvertTime(_detail.Meeting.EndsAt, reader.Zone).ToString("HH:mm", CultureInfo.InvariantCulture)}";

    private string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, There.Zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
