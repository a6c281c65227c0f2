using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Incidents;
using EngagementFlows.Postgres.Tasks;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Layout;

/// <summary>The frame of the console's pages; it counts what waits, beside the page's own reading.</summary>
public sealed partial class ConsoleFrame
{
    /// <summary>Gets or sets the page itself.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private CountTasks Tasks { get; set; } = null!;

    [Inject]
    private CountIncidents Incidents { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (CurrentPerson.TryOf(Context.User) is not { } current)
            return;
        Person person = new(current.Id, current.Name, current.Email, current.Roles, current.Language, current.Zone);
        long tasks = await Tasks.ExecuteAsync(person, Context.RequestAborted);
        long incidents = await Incidents.ExecuteAsync(Context.RequestAborted);
        Frame.Counts = new NavigationCounts(tasks, incidents);
    }
}
