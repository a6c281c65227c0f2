using System.Collections.Immutable;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Definitions;

/// <summary>An immutable snapshot of the definitions that a process knows. Shared by all threads; a change makes a new snapshot.</summary>
public sealed class DefinitionCatalogue
{
    private readonly ImmutableDictionary<string, WorkflowDefinition> _versions;
    private readonly ImmutableDictionary<string, WorkflowDefinition> _published;
    private readonly ImmutableDictionary<string, WorkflowDefinition> _byActivityType;
    private readonly ImmutableDictionary<(string DefinitionId, int Version), WorkflowDefinition> _byNumber;
    private readonly ImmutableDictionary<string, WorkflowDefinition> _trials;
    private IReadOnlyList<Trigger>? _triggers;

    private DefinitionCatalogue(
        ActivityCatalog activities,
        EngineSettings settings,
        ImmutableDictionary<string, WorkflowDefinition> versions,
        ImmutableDictionary<string, WorkflowDefinition> published,
        ImmutableDictionary<string, WorkflowDefinition> byActivityType,
        ImmutableDictionary<(string DefinitionId, int Version), WorkflowDefinition> byNumber,
        ImmutableDictionary<string, WorkflowDefinition> trials)
    {
        Activities = activities;
        Settings = settings;
        _versions = versions;
        _published = published;
        _byActivityType = byActivityType;
        _byNumber = byNumber;
        _trials = trials;
    }

    /// <summary>Gets the activity types.</summary>
    public ActivityCatalog Activities { get; }

    /// <summary>Gets the settings under which triggers are evaluated.</summary>
    public EngineSettings Settings { get; }

    /// <summary>Gets all versions; snapshots of drafts are none.</summary>
    public IEnumerable<WorkflowDefinition> All => _versions.Values;

    /// <summary>Gets the snapshots of drafts.</summary>
    public IEnumerable<WorkflowDefinition> Trials => _trials.Values;

    /// <summary>Gets the triggers of the published versions; their inputs are evaluated when they are first asked for.</summary>
    public IReadOnlyList<Trigger> Triggers => _triggers ??= TriggerReader.ReadAll(this);

    /// <summary>Creates a snapshot of <paramref name="definitions"/>.</summary>
    public static DefinitionCatalogue Create(ActivityCatalog activities, IEnumerable<WorkflowDefinition> definitions, EngineSettings? settings = null)
    {
        DefinitionCatalogue catalogue = new(
            activities,
            settings ?? EngineSettings.Default,
            ImmutableDictionary.Create<string, WorkflowDefinition>(StringComparer.Ordinal),
            ImmutableDictionary.Create<string, WorkflowDefinition>(StringComparer.Ordinal),
            ImmutableDictionary.Create<string, WorkflowDefinition>(StringComparer.Ordinal),
            ImmutableDictionary<(string DefinitionId, int Version), WorkflowDefinition>.Empty,
            ImmutableDictionary.Create<string, WorkflowDefinition>(StringComparer.Ordinal));
        foreach (WorkflowDefinition definition in definitions)
            catalogue = catalogue.With(definition);
        return catalogue;
    }

    /// <summary>Returns the published version of a definition, or <see langword="null"/>.</summary>
    public WorkflowDefinition? Published(string definitionId) => _published.GetValueOrDefault(definitionId);

    /// <summary>Returns a version or a snapshot by its id, or <see langword="null"/>.</summary>
    public WorkflowDefinition? Version(string versionId) => _versions.GetValueOrDefault(versionId) ?? _trials.GetValueOrDefault(versionId);

    /// <summary>Returns the version that a start runs: the one that it names, or the published one; <see langword="null"/> if there is none.</summary>
    public WorkflowDefinition? Of(StartRequested start) => start.DefinitionVersionId is { } versionId ? Version(versionId) : Published(start.DefinitionId);

    /// <summary>Returns the snapshot with a version added or replaced. The published version with the highest number counts as the published one.</summary>
    public DefinitionCatalogue With(WorkflowDefinition definition)
    {
        ImmutableDictionary<string, WorkflowDefinition> published = _published;
        if (definition.IsPublished)
        {
            if (Published(definition.DefinitionId) is not { } other || other.Version <= definition.Version)
                published = published.SetItem(definition.DefinitionId, definition);
        }
        else if (Published(definition.DefinitionId) is { } same && same.Id == definition.Id)
        {
            published = published.Remove(definition.DefinitionId);
        }

        ImmutableDictionary<string, WorkflowDefinition> byType = _byActivityType;
        if (definition is { IsPublished: true, ActivityTypeName: { } typeName } && (byType.GetValueOrDefault(typeName) is not { } latest || latest.Version <= definition.Version || latest.DefinitionId != definition.DefinitionId))
            byType = byType.SetItem(typeName, definition);
        return new(
            Activities, Settings, _versions.SetItem(definition.Id, definition), published, byType, _byNumber.SetItem((definition.DefinitionId, definition.Version), definition), _trials);
    }

    /// <summary>Returns the snapshot with a draft as it was when somebody tried it: only who names its version's id runs it.</summary>
    public DefinitionCatalogue WithTrial(WorkflowDefinition trial) => new(Activities, Settings, _versions, _published, _byActivityType, _byNumber, _trials.SetItem(trial.Id, trial));

    /// <summary>Returns the definition that serves as an activity of that type: the version that the node pins if it is here, else the published one.</summary>
    public WorkflowDefinition? AsActivity(string typeName, int version)
    {
        if (!_byActivityType.TryGetValue(typeName, out WorkflowDefinition? definition))
            return null;
        if (definition.Version == version || version == 0)
            return definition;
        return _byNumber.GetValueOrDefault((definition.DefinitionId, version)) ?? definition;
    }
}
