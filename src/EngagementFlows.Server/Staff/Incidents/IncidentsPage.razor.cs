using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Incidents;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Incidents;

/// <summary>The failures that wait for a person.</summary>
public sealed partial class IncidentsPage
{
    private const int PageSize = 50;

    private IReadOnlyList<IncidentRow> _rows = [];
    private IReadOnlyList<ClosedIncident> _closed = [];

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [Inject]
    private ReadIncidentsPage Incidents { get; set; } = null!;

    [Inject]
    private ListClosedIncidents Closed { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        CurrentPerson current = CurrentPerson.Of(Context.User);
        _rows = await Incidents.ListAsync(ListPlace.Id(Before, "before"), PageSize, Context.RequestAborted, current.Viewer);
        if (Before is null && current.May(Policies.ManagePeople))
            _closed = await Closed.ExecuteAsync(current.Viewer, PageSize, Context.RequestAborted);
    }
}
