using EngagementFlows.Postgres.Definitions;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Definitions;

/// <summary>The flows of the firm: what runs, and what waits to become it.</summary>
public sealed partial class DefinitionsPage
{
    private IReadOnlyList<DefinitionVersionRow> _rows = [];

    [Inject]
    private ReadDefinitionsPage Definitions { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => _rows = await Definitions.ListAsync(Context.RequestAborted);
}
