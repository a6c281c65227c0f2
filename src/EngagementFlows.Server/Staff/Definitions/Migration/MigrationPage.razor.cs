using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
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
    private bool _isRead;
    private MigrationPreview? _preview;

    [Parameter]
    public string VersionId { get; set; } = "";

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    [Inject]
    private LiveCatalogue Catalogue { get; set; } = null!;

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
        _preview = await Services.GetRequiredService<MigrationDesk>().PreviewAsync(VersionId, CurrentPerson.Of(Context.User).Viewer, Context.RequestAborted);
        _isRead = true;
    }

    private string NameOf(WorkflowDefinition definition) => definition.DisplayName is { } name ? Reader.Say(name) : definition.DefinitionId;

    private string Title(MigrationCandidate candidate) => candidate.Instance.Name ?? candidate.Instance.CorrelationId ?? Reader.Say(InstanceTexts.Unnamed);

    private string PlaceOf(MigrationCandidate candidate) => candidate.StandsAt.Count == 0 ? Reader.Say(MigrationTexts.Nothing) : Activities(candidate, candidate.StandsAt);

    private string Activities(MigrationCandidate candidate, IEnumerable<string> ids) => string.Join(", ", ids.Select(id => Activity(candidate, id)));

    // As the version calls it on which the instance runs.
    private string Activity(MigrationCandidate candidate, string id)
    {
        ActivityNode? node = Catalogue.Current.Version(candidate.Instance.DefinitionVersionId)?.FindActivity(id);
        return node?.DisplayName is { } own ? Reader.Say(own) : node?.Activity is { } activity ? $"{Reader.Say(activity.Descriptor.DisplayName)} ({id})" : id;
    }

    private string Words(MigrationCandidate candidate, MoveObstacle obstacle) =>
        Reader.Say(MigrationTexts.Of(obstacle.Kind), obstacle.ActivityId is null ? "" : Activity(candidate, obstacle.ActivityId), obstacle.Detail);
}
