using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Postgres.Milestones;
using EngagementFlows.Postgres.Promises;
using EngagementFlows.Postgres.Timeline;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Layout;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Clients;

/// <summary>One client: everything that happened, and beside it where its engagements stand.</summary>
public sealed partial class ClientPage
{
    private const int PageSize = 100;
    private const int MostMeetings = 3;

    // The page is drawn once before it has read anything; only then does nothing found mean that there is nothing.
    private bool _isRead;
    private ClientDetail? _client;
    private IReadOnlyList<ClockFigures> _promises = [];
    private ILookup<Guid, Milestone> _milestones = Array.Empty<Milestone>().ToLookup(one => one.EngagementId);
    private readonly Dictionary<Guid, IReadOnlyList<MeetingLine>> _meetings = [];
    private ListPage<TimelineEntry> _timeline = new([], null);

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Gets the engagement that alone is shown, or <see langword="null"/> for all.</summary>
    [SupplyParameterFromQuery(Name = "engagement")]
    private Guid? Engagement { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private GetClient Clients { get; set; } = null!;

    [Inject]
    private ReadClockFigures Figures { get; set; } = null!;

    [Inject]
    private ListMilestones Milestones { get; set; } = null!;

    [Inject]
    private ServerOptions Options { get; set; } = null!;

    [Inject]
    private ListMeetings Meetings { get; set; } = null!;

    [Inject]
    private ReadTimeline Timeline { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool May => CurrentPerson.Of(Context.User).May(Policies.EraseClients);

    private bool MayReach => CurrentPerson.Of(Context.User).May(Policies.ReachMilestones);

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Reader.Now, Options.Firm.Zone).DateTime);

    private IReadOnlyList<(string Text, string Url)> Trail => [(Reader.Say(FrameTexts.Clients), StaffUrls.Clients)];

    private string? OlderUrl => _timeline.Next is null ? null : StaffUrls.With(StaffUrls.Client(Id), ("engagement", Engagement?.ToString()), ("kind", Kind), ("after", _timeline.Next));

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Guid? viewer = CurrentPerson.Of(Context.User).Viewer;
        _client = await Clients.ExecuteAsync(Id, Context.RequestAborted, viewer);
        if (_client is not null)
            _promises = await Figures.ExecuteAsync(new(ClientId: Id, EngagementId: Engagement) { Viewer = viewer }, ClockGrouping.Class, Reader.Language == Language.Chinese, now: null, Context.RequestAborted);
        foreach (EngagementSnapshot snapshot in _client?.Engagements ?? [])
            await ReadMeetingsAsync(snapshot.Engagement.Id, viewer);
        if (_client is not null)
            _milestones = (await Milestones.ExecuteAsync([.. _client.Engagements.Select(one => one.Engagement.Id)], Context.RequestAborted)).ToLookup(one => one.EngagementId);
        if (_client is not null)
            _timeline = await Timeline.ExecuteAsync(Id, Engagement, TimelineKinds.IsKnown(Kind ?? "") ? Kind : null, After, PageSize, Context.RequestAborted, viewer);
        _isRead = true;
    }

    // The next ones; beside an engagement that has none to come, the last.
    private async Task ReadMeetingsAsync(Guid engagement, Guid? viewer)
    {
        ListPage<MeetingLine> meetings = await Meetings.ExecuteAsync(new(EngagementId: engagement) { Viewer = viewer }, null, MostMeetings, Reader.Now, Context.RequestAborted);
        if (meetings.Items.Count == 0)
            meetings = await Meetings.ExecuteAsync(new(IsPast: true, EngagementId: engagement) { Viewer = viewer }, null, 1, Reader.Now, Context.RequestAborted);
        if (meetings.Items.Count > 0)
            _meetings[engagement] = meetings.Items;
    }
}
