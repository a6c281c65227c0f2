using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Instances;
using EngagementFlows.Server.Staff.Layout;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Definitions.Migration;

/// <summary>The instances of older versions: where they stand, which could go on in this version, which not and why.</summary>
public sealed partial class MigrationPage
{
    private readonly Dictionary<string, ActivityNames> _names = new(StringComparer.Ordinal);
    private bool _isRead;
    private MigrationPreview? _preview;
    private IReadOnlyDictionary<Guid, (string Client, string Title)> _engagements = new Dictionary<Guid, (string Client, string Title)>();

    [Parameter]
    public string VersionId { get; set; } = "";

    [Inject]
    internal MigrationDesk Desk { get; set; } = null!;

    [Inject]
    private LiveCatalogue Catalogue { get; set; } = null!;

    [Inject]
    private FlowsDatabase Database { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private IReadOnlyList<(string Text, string Url)> Trail =>
        [(Reader.Say(FrameTexts.Definitions), StaffUrls.Definitions), (_preview is null ? "" : NameOf(_preview.Target), StaffUrls.Definition(VersionId))];

    private IReadOnlyList<MigrationCandidate> Possible => [.. _preview!.Instances.Where(candidate => candidate.Decision.IsPossible)];

    private IReadOnlyList<MigrationCandidate> Impossible => [.. _preview!.Instances.Where(candidate => !candidate.Decision.IsPossible)];

    private bool MayMove => _preview!.Target.IsPublished && CurrentPerson.Of(Context.User).May(Policies.OperateInstances);

    private IEnumerable<(int Version, string Place, int Count)> Places =>
        from candidate in _preview!.Instances
        group candidate by (candidate.Instance.Version, Place: PlaceOf(candidate)) into same
        orderby same.Key.Version descending, same.Count() descending
        select (same.Key.Version, same.Key.Place, same.Count());

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _preview = await Desk.PreviewAsync(VersionId, CurrentPerson.Of(Context.User).Viewer, Context.RequestAborted);
        if (_preview is { } preview)
        {
            Guid[] ids = [.. preview.Instances.Select(candidate => Guid.TryParse(candidate.Instance.CorrelationId, out Guid id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct()];
            _engagements = await NameEngagements.ExecuteAsync(Database.Queries, ids, Context.RequestAborted);
        }

        _isRead = true;
    }

    private string NameOf(WorkflowDefinition definition) => definition.DisplayName is { } name ? Reader.Say(name) : definition.DefinitionId;

    private string Title(MigrationCandidate candidate) => candidate.Instance.Name ?? Engagement(candidate)?.Client ?? candidate.Instance.CorrelationId ?? Reader.Say(InstanceTexts.Unnamed);

    private (string Client, string Title)? Engagement(MigrationCandidate candidate) =>
        Guid.TryParse(candidate.Instance.CorrelationId, out Guid id) && _engagements.TryGetValue(id, out (string Client, string Title) found) ? found : null;

    private string? EngagementOf(MigrationCandidate candidate) => Engagement(candidate) is { } found ? $" · {found.Title}" : null;

    private string PlaceOf(MigrationCandidate candidate) => candidate.StandsAt.Count == 0 ? Reader.Say(MigrationTexts.Nothing) : Activities(candidate, candidate.StandsAt);

    private string Activities(MigrationCandidate candidate, IEnumerable<string> ids) => string.Join(", ", ids.Select(id => Activity(candidate, id)));

    // As the version calls it on which the instance runs.
    private string Activity(MigrationCandidate candidate, string id)
    {
        string version = candidate.Instance.DefinitionVersionId;
        if (!_names.TryGetValue(version, out ActivityNames? names))
            _names[version] = names = new(Catalogue.Current.Version(version), Reader);
        return names.Of(id);
    }

    private string Words(MigrationCandidate candidate, MoveObstacle obstacle) =>
        Reader.Say(MigrationTexts.Of(obstacle.Kind), obstacle.ActivityId is null ? "" : Activity(candidate, obstacle.ActivityId), obstacle.Detail);
}
