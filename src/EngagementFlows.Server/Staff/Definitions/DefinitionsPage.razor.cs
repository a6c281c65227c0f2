using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Definitions;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Definitions;

/// <summary>The flows of the firm: what runs, and what waits to become it.</summary>
public sealed partial class DefinitionsPage
{
    private IReadOnlyList<DefinitionVersionRow> _rows = [];
    private IReadOnlyDictionary<string, FileState> _files = new Dictionary<string, FileState>();

    [Inject]
    private ReadDefinitionsPage Definitions { get; set; } = null!;

    [Inject]
    private FlowFiles Files { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _rows = await Definitions.ListAsync(Context.RequestAborted);
        _files = await Files.CompareAsync(Context.RequestAborted);
    }
}
