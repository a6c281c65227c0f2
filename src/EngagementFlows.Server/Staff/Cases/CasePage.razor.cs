using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Postgres.Cases;
using EngagementFlows.Postgres.Documents;
using EngagementFlows.Postgres.Promises;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Cases;

/// <summary>One case: what was told, what happened, who was told and by when it is to be answered.</summary>
public sealed partial class CasePage
{
    private const int MostClocks = 50;

    // The page is drawn once before it has read anything; only then does nothing found mean that there is nothing.
    private bool _isRead;
    private CaseLine? _line;
    private IReadOnlyList<CaseEvent> _history = [];
    private IReadOnlyList<CaseNotified> _notified = [];
    private IReadOnlyList<Clock> _clocks = [];
    private IReadOnlyList<DocumentVersion> _documents = [];

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ReadCases Cases { get; set; } = null!;

    [Inject]
    private ListClocks Clocks { get; set; } = null!;

    [Inject]
    private ReadDocuments Documents { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _line = await Cases.FindAsync(Id, Context.RequestAborted);
        if (_line is { Case: var read })
        {
            _history = await Cases.HistoryAsync(Id, Context.RequestAborted);
            _notified = await Cases.NotifiedAsync(Id, Context.RequestAborted);
            _clocks = [.. (await Clocks.ExecuteAsync(new(InstanceId: read.InstanceId) { Viewer = CurrentPerson.Of(Context.User).Viewer }, after: null, MostClocks, Context.RequestAborted)).Items.Select(line => line.Clock)];
            // Of each document what counts now, or is asked about.
            _documents = [.. (await Documents.OfEngagementAsync(read.EngagementId, Context.RequestAborted)).Where(document => document.State != DocumentState.Replaced).DistinctBy(document => document.Kind)];
        }

        _isRead = true;
    }
}
