using EngagementFlows.Engine;
using EngagementFlows.Postgres.Incidents;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Layout;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Incidents;

/// <summary>One failure: what was found, and the ways to mend it.</summary>
public sealed partial class IncidentPage
{
    // The page is drawn once before it has read anything; only then does nothing found mean that there is nothing.
    private bool _isRead;
    private IncidentRow? _incident;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ReadIncidentsPage Incidents { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool May => CurrentPerson.Of(Context.User).May(Policies.OperateInstances);

    private IReadOnlyList<(string Text, string Url)> Trail => [(Reader.Say(FrameTexts.Incidents), StaffUrls.Incidents)];

    private LocalizedText Resolution => _incident?.Resolution switch
    {
        "retried" => IncidentTexts.Retried,
        "skipped" => IncidentTexts.Skipped,
        _ => IncidentTexts.CancelledWord,
    };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _incident = await Incidents.FindAsync(Id, Context.RequestAborted);
        _isRead = true;
    }
}
