using EngagementFlows.Engine;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Instances;

/// <summary>The list of instances; its filters and place live in the address.</summary>
public sealed partial class InstancesPage
{
    private const string Attention = "attention";
    private const int PageSize = 50;

    private static readonly (string Value, LocalizedText Name)[] States =
    [
        ("suspended", InstanceTexts.Waiting),
        ("finished", InstanceTexts.Finished),
        ("cancelled", InstanceTexts.Cancelled),
        ("faulted", InstanceTexts.Faulted),
    ];

    private IReadOnlyList<InstanceListRow> _rows = [];
    private IReadOnlyList<DefinitionVersionRow> _definitions = [];

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "flow")]
    private string? Flow { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [Inject]
    private ReadInstancesPage Instances { get; set; } = null!;

    [Inject]
    private ReadDefinitionsPage Definitions { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool IsFiltered => !string.IsNullOrEmpty(Text) || !string.IsNullOrEmpty(State) || !string.IsNullOrEmpty(Flow) || Before is not null;

    private (string, string?)[] Filters => [("q", Text), ("state", State), ("flow", Flow)];

    private string? OlderUrl => _rows.Count < PageSize ? null : StaffUrls.With(StaffUrls.Instances, [.. Filters, ("before", _rows[^1].Id.ToString())]);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        string? text = PageInput.Line(Text);
        string? status = States.Any(state => state.Value == State) ? State : null;
        InstancesWanted wanted = new(status, PageInput.Line(Flow), State == Attention, text, ListPlace.Id(Before, "before"), PageSize) { Viewer = CurrentPerson.Of(Context.User).Viewer };
        _rows = await Instances.ExecuteAsync(wanted, Context.RequestAborted);
        IReadOnlyList<DefinitionVersionRow> versions = await Definitions.ListAsync(Context.RequestAborted);
        _definitions = [.. versions.DistinctBy(version => version.DefinitionId)];
    }
}
