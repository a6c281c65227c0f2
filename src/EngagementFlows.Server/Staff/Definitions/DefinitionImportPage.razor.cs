using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Definitions;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Definitions;

/// <summary>One file of definitions: what it would do, or what became of it.</summary>
public sealed partial class DefinitionImportPage
{
    private const int MostFaults = 200;

    private DefinitionImportRow? _import;
    private ArchiveOutcome? _outcome;
    private bool _isRead;

    /// <summary>Gets the import.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private DefinitionImportDesk Desk { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private int Fresh => _outcome?.Definitions.Count(definition => definition.Outcome != "unchanged") ?? 0;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _import = await Desk.FindAsync(Id, Context.RequestAborted);
        _outcome = _import is null ? null : DefinitionImportDesk.OutcomeOf(_import);
        _isRead = true;
    }
}
