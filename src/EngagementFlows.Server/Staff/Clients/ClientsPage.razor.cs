using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Clients;

/// <summary>The list of clients by name.</summary>
public sealed partial class ClientsPage
{
    private const int PageSize = 50;

    private ListPage<ClientLine> _page = new([], null);

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "stage")]
    private string? Stage { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private ListClients Clients { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool IsFiltered => !string.IsNullOrEmpty(Text) || !string.IsNullOrEmpty(Stage) || After is not null;

    private (string, string?)[] Filters => [("q", Text), ("stage", Stage)];

    private string? OlderUrl => _page.Next is null ? null : StaffUrls.With(StaffUrls.Clients, [.. Filters, ("after", _page.Next)]);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() =>
        _page = await Clients.ExecuteAsync(PageInput.Line(Text), EngagementStages.IsKnown(Stage ?? "") ? Stage : null, After, PageSize, Context.RequestAborted);
}
