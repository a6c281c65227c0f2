using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Cases;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Cases;

/// <summary>The questions and complaints of clients, and what was learned from them.</summary>
public sealed partial class CasesPage
{
    private const int PageSize = 50;

    private ListPage<CaseLine> _cases = new([], null);
    private IReadOnlyList<Person> _staff = [];

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "class")]
    private string? Class { get; set; }

    [SupplyParameterFromQuery(Name = "owner")]
    private string? Owner { get; set; }

    [SupplyParameterFromQuery(Name = "engagement")]
    private string? Engagement { get; set; }

    [SupplyParameterFromQuery(Name = "lessons")]
    private string? Lessons { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private ReadCases Cases { get; set; } = null!;

    [Inject]
    private ListStaff Staff { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private bool OnlyLessons => Lessons == "yes";

    private Guid? OwnerId => Guid.TryParse(Owner, out Guid id) ? id : null;

    private Guid? EngagementId => Guid.TryParse(Engagement, out Guid id) ? id : null;

    private CaseState? WantedState => State switch { "open" => CaseState.Open, "closed" => CaseState.Closed, _ => null };

    private string? WantedKind => CaseKinds.All.Contains(Kind, StringComparer.Ordinal) ? Kind : null;

    private string? WantedClass => CaseClasses.All.Contains(Class, StringComparer.Ordinal) ? Class : null;

    private bool IsFiltered => WantedState is not null || WantedKind is not null || WantedClass is not null || OwnerId is not null || EngagementId is not null;

    private IReadOnlyList<(string Text, string Url)> Trail => OnlyLessons || IsFiltered ? [(Reader.Say(CaseTexts.AllCases), StaffUrls.Cases)] : [];

    private string? OlderUrl => _cases.Next is null ? null : Url(_cases.Next);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _cases = await Cases.ListAsync(new(WantedState, WantedKind, WantedClass, OwnerId, EngagementId, ClientId: null, OnlyLessons) { Viewer = CurrentPerson.Of(Context.User).Viewer }, After, PageSize, Context.RequestAborted);
        _staff = await Staff.ExecuteAsync(Context.RequestAborted);
    }

    private string Url(string? after) => StaffUrls.With(
        StaffUrls.Cases, ("state", State), ("kind", Kind), ("class", Class), ("owner", Owner), ("engagement", Engagement), ("lessons", Lessons), ("after", after));
}
