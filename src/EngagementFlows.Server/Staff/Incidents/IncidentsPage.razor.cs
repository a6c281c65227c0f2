using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Incidents;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Incidents;

/// <summary>The failures that wait for a person.</summary>
public sealed partial class IncidentsPage
{
    private const int PageSize = 50;

    private IReadOnlyList<IncidentRow> _rows = [];

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [Inject]
    private ReadIncidentsPage Incidents { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => _rows = await Incidents.ListAsync(ListPlace.Id(Before, "before"), PageSize, Context.RequestAborted);
}
