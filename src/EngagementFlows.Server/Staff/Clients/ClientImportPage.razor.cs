using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Imports;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Clients;

/// <summary>One import: what it would do, how far it is, what became of it.</summary>
public sealed partial class ClientImportPage
{
    private const int MostFaults = 200;

    private ClientImportRow? _import;
    private ClientImportPreview? _preview;
    private bool _isRead;

    /// <summary>Gets the import.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ClientImportDesk Desk { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool IsUnderWay => _import is { State: "queued" or "running" or "starting" };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _import = await Desk.FindAsync(Id, Context.RequestAborted);
        _preview = _import is null ? null : ClientImportPreview.Read(_import.Preview);
        _isRead = true;

        // The page shows how far it is without a script: the browser asks again.
        if (IsUnderWay)
            Context.Response.Headers["Refresh"] = "2";
    }
}
