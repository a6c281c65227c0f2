using EngagementFlows.Engine;
using EngagementFlows.Postgres.Incidents;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Layout;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Incidents;

/// <summary>One failure: what was found, and the ways to mend it.</summary>
public sealed partial class IncidentPage
{
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
    protected override async Task OnInitializedAsync() => _incident = await Incidents.FindAsync(Id, Context.RequestAborted);
}
