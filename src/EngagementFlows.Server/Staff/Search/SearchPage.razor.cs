using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Search;

/// <summary>Finds clients and instances by what somebody types.</summary>
public sealed partial class SearchPage
{
    private const int Most = 20;

    private ListPage<ClientLine> _clients = new([], null);
    private IReadOnlyList<InstanceListRow> _instances = [];

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [Inject]
    private ListClients Clients { get; set; } = null!;

    [Inject]
    private ReadInstancesPage Instances { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (PageInput.Line(Text) is not { } text)
            return;
        _clients = await Clients.ExecuteAsync(text, null, null, Most, Context.RequestAborted);
        _instances = await Instances.ExecuteAsync(new(null, null, false, text, null, Most) { Viewer = CurrentPerson.Of(Context.User).Viewer }, Context.RequestAborted);
    }
}
