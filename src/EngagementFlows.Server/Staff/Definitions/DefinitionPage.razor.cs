using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Staff.Layout;
using Microsoft.AspNetCore.Components;

namespace EngagementFlows.Server.Staff.Definitions;

/// <summary>One version of a definition: whether it is valid, its fellows, and its text.</summary>
public sealed partial class DefinitionPage
{
    // The page is drawn once before it has read anything; only then does nothing found mean that there is nothing.
    private bool _isRead;
    private DefinitionVersionRow? _version;
    private IReadOnlyList<DefinitionVersionRow> _versions = [];
    private WorkflowDefinition? _definition;
    private ActivityNames? _names;
    private IReadOnlyList<DefinitionFault> _faults = [];

    [Parameter]
    public string VersionId { get; set; } = "";

    [Inject]
    private ReadDefinitionsPage Definitions { get; set; } = null!;

    [Inject]
    private LiveCatalogue Catalogue { get; set; } = null!;

    [Inject]
    private FlowsDatabase Database { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private IReadOnlyList<(string Text, string Url)> Trail => [(Reader.Say(FrameTexts.Definitions), StaffUrls.Definitions)];

    private ActivityNames Names => _names ??= new(_definition, Reader);

    private string Verdict
    {
        get
        {
            int errors = _faults.Count(IsError);
            int warnings = _faults.Count - errors;
            return errors > 0 ? Reader.Say(DefinitionTexts.Faults, errors)
                : warnings > 0 ? Reader.Say(DefinitionTexts.Warnings, warnings)
                : Reader.Say(DefinitionTexts.Valid);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _versions = await Definitions.OfVersionAsync(VersionId, Context.RequestAborted);
        _version = _versions.FirstOrDefault(version => version.VersionId == VersionId);
        if (_version is not null)
            _faults = await CheckAsync(_version.Json);
        _isRead = true;
    }

    private static bool IsError(DefinitionFault fault) => fault.Severity != FaultSeverity.Warning;

    private async Task<IReadOnlyList<DefinitionFault>> CheckAsync(string json)
    {
        DefinitionReading reading = DefinitionReader.Read(json, Catalogue.Current.Activities);
        _definition = reading.Definition;
        return reading.Definition is null ? reading.Refusals : DefinitionChecks.Of(reading.Definition, Catalogue.Current, await ListAssets.ExecuteAsync(Database.Queries, VersionId, Context.RequestAborted));
    }
}
