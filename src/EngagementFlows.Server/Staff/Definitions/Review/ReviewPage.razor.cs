using System.Text;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Definitions.Comparison;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Staff.Controls;
using EngagementFlows.Server.Staff.Layout;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Definitions.Review;

/// <summary>What a version changes, for whoever consents to it: against the published version, or the one before.</summary>
public sealed partial class ReviewPage
{
    private bool _isRead;
    private DefinitionVersionRow? _version;
    private DefinitionVersionRow? _before;
    private WorkflowDefinition? _old;
    private WorkflowDefinition? _new;
    private VersionComparison? _comparison;
    private ActivityNames _oldNames = null!;
    private ActivityNames _newNames = null!;

    [Parameter]
    public string VersionId { get; set; } = "";

    [Inject]
    private ReadDefinitionsPage Definitions { get; set; } = null!;

    [Inject]
    private FlowsDatabase Database { get; set; } = null!;

    [Inject]
    private LiveCatalogue Catalogue { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private IReadOnlyList<(string Text, string Url)> Trail =>
        [(Reader.Say(FrameTexts.Definitions), StaffUrls.Definitions), (_version is null ? "" : Reader.Say(_version.Name), StaffUrls.Definition(VersionId))];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        IReadOnlyList<DefinitionVersionRow> versions = await Definitions.OfVersionAsync(VersionId, Context.RequestAborted);
        _version = versions.FirstOrDefault(version => version.VersionId == VersionId);
        if (_version is not null)
        {
            // What is in use is what would be replaced; of what is or was in use, what it replaced.
            _before = _version.State is "draft" or "submitted" ? versions.FirstOrDefault(version => version.State == "published") : null;
            _before ??= versions.FirstOrDefault(version => version.Version < _version.Version);
            _new = Read(_version);
            _old = _before is null ? null : Read(_before);
            _oldNames = new(_old, Reader);
            _newNames = new(_new, Reader);
            _comparison = VersionComparison.Between(_old, await FilesAsync(_before), _new, await FilesAsync(_version));
        }

        _isRead = true;
    }

    private static Tone ToneOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => Tone.Done,
        ChangeKind.Removed => Tone.Broken,
        _ => Tone.NeedsYou,
    };

    private WorkflowDefinition? Read(DefinitionVersionRow version) => DefinitionReader.Read(Encoding.UTF8.GetBytes(version.Json), Catalogue.Current.Activities).Definition;

    private async Task<IReadOnlyDictionary<string, byte[]>> FilesAsync(DefinitionVersionRow? version) =>
        version is null ? new Dictionary<string, byte[]>() : await ListAssets.ExecuteAsync(Database.Queries, version.VersionId, Context.RequestAborted);

    // What was removed has only the name that it had.
    private string NameOf(ActivityNode node, ChangeKind kind) => (kind == ChangeKind.Removed ? _oldNames : _newNames).Of(node);
}
