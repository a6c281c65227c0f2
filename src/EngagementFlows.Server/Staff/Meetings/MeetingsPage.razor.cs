using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Meetings;

/// <summary>The list of meetings; its filters and place live in the address.</summary>
public sealed partial class MeetingsPage
{
    private const int PageSize = 50;

    private ListPage<MeetingLine> _page = new([], null);
    private Person[] _colleagues = [];

    [SupplyParameterFromQuery(Name = "when")]
    private string? When { get; set; }

    [SupplyParameterFromQuery(Name = "of")]
    private string? Of { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "engagement")]
    private string? Engagement { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private ListMeetings Meetings { get; set; } = null!;

    [Inject]
    private ListStaff Staff { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool IsPast => When == "past";

    private MeetingState? Wanted => Enum.GetValues<MeetingState>().Where(state => state.ToString().Equals(State, StringComparison.OrdinalIgnoreCase)).Select(state => (MeetingState?)state).FirstOrDefault();

    private bool IsFiltered => IsPast || Wanted is not null || PersonId is not null || EngagementId is not null || After is not null;

    private Guid? EngagementId => Guid.TryParse(Engagement, out Guid id) ? id : null;

    // Oneself, or a colleague; what he may not be shown is left out whoever is asked for.
    private Guid? PersonId => Of == "me" ? CurrentPerson.Of(Context.User).Id : Guid.TryParse(Of, out Guid id) ? id : null;

    private (string, string?)[] Filters => [("when", IsPast ? When : null), ("of", PersonId is null ? null : Of), ("state", Wanted is null ? null : State), ("engagement", EngagementId?.ToString("D"))];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Guid self = CurrentPerson.Of(Context.User).Id;
        _colleagues = [.. (await Staff.ExecuteAsync(Context.RequestAborted)).Where(one => one.IsActive && one.Id != self)];
        MeetingFilter filter = new(IsPast, Wanted, EngagementId, PersonId) { Viewer = CurrentPerson.Of(Context.User).Viewer };
        _page = await Meetings.ExecuteAsync(filter, After, PageSize, Reader.Now, Context.RequestAborted);
    }
}
