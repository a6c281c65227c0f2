using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Engine;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Schedules;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Schedules;

/// <summary>One schedule: what it does, when next, and what it did.</summary>
public sealed partial class SchedulePage
{
    private const int PageSize = 20;

    private bool _isRead;
    private bool _isFlowMissing;
    private RecurringSchedule? _schedule;
    private IReadOnlyList<ScheduledInstant> _next = [];
    private ListPage<ScheduleFiring> _firings = new([], null);

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private ScheduleDesk Desk { get; set; } = null!;

    [Inject]
    private ListFirings Firings { get; set; } = null!;

    [Inject]
    private LiveCatalogue Catalogue { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool MayChange => CurrentPerson.Of(Context.User).May(Policies.ManageSchedules);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _schedule = await Desk.FindAsync(Id, Context.RequestAborted);
        _isRead = true;
        if (_schedule is null)
            return;
        _isFlowMissing = _schedule.Settings.DefinitionId is { } flow && Catalogue.Current.Published(flow) is null;
        _next = await Desk.UpcomingAsync(_schedule, 10, Context.RequestAborted);
        _firings = await Firings.ExecuteAsync(Id, After, PageSize, Context.RequestAborted);
    }

    private string Listed(IEnumerable<string> names, LocalizedText all)
    {
        string list = string.Join(Reader.Language == Language.Chinese ? "、" : ", ", names);
        return list.Length == 0 ? Reader.Say(all) : list;
    }
}
