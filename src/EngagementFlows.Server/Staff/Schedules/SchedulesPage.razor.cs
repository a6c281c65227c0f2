using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Server.Schedules;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Schedules;

/// <summary>The list of recurring schedules; its filters and place live in the address.</summary>
public sealed partial class SchedulesPage
{
    private const int PageSize = 50;

    private ListPage<RecurringSchedule> _page = new([], null);
    private IReadOnlySet<Guid> _provisional = new HashSet<Guid>();

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private ListSchedules Schedules { get; set; } = null!;

    [Inject]
    private ScheduleDesk Desk { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool MayChange => CurrentPerson.Of(Context.User).May(Policies.ManageSchedules);

    private bool IsFiltered => !string.IsNullOrEmpty(Text) || !string.IsNullOrEmpty(State) || After is not null;

    private (string, string?)[] Filters => [("q", Text), ("state", State)];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        string? state = State is RecurringSchedule.Active or RecurringSchedule.Paused ? State : null;
        _page = await Schedules.ExecuteAsync(state, PageInput.Line(Text), After, PageSize, Context.RequestAborted);
        _provisional = await Desk.ProvisionalAsync(_page.Items, Context.RequestAborted);
    }
}
