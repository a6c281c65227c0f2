using System.Text.Json;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Values;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Instances;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>Describes flows that may be used as activities to the Studio: the published version is offered, older ones are known so that what uses them can be drawn. Pure.</summary>
internal static class FlowDescriptions
{
    /// <summary>The category of flows that name none.</summary>
    private static readonly LocalizedText Category = new("Flows", "流程");

    private static readonly LocalizedText NoDescription = new("Runs this flow as an activity.", "将该流程作为一个活动运行。");

    /// <summary>Returns the descriptions, each type and version once; a type of the catalogue of activities is never described as a flow.</summary>
    public static IEnumerable<StudioActivity> Of(DefinitionCatalogue catalogue, Language language)
    {
        foreach (WorkflowDefinition published in Published(catalogue))
        {
            foreach (WorkflowDefinition version in catalogue.All.Where(other => other.DefinitionId == published.DefinitionId && other.Version <= published.Version && other.ActivityTypeName == published.ActivityTypeName))
                yield return Of(version, published, language);
        }
    }

    /// <summary>Tells whether a type and version is among the descriptions.</summary>
    public static bool Has(DefinitionCatalogue catalogue, string typeName, int version) => Published(catalogue).Any(published =>
        published.ActivityTypeName == typeName
        && catalogue.All.Any(other => other.DefinitionId == published.DefinitionId && other.Version == version && version <= published.Version && other.ActivityTypeName == typeName));

    // Of several flows of one name the engine takes one; that one is drawn.
    private static IEnumerable<WorkflowDefinition> Published(DefinitionCatalogue catalogue) => catalogue.All
        .Where(definition => definition.IsPublished && definition.ActivityTypeName is { } typeName && catalogue.Activities.Find(typeName) is null
            && ReferenceEquals(catalogue.AsActivity(typeName, 0), definition))
        .OrderBy(definition => definition.ActivityTypeName, StringComparer.Ordinal);

    private static StudioActivity Of(WorkflowDefinition flow, WorkflowDefinition published, Language language)
    {
        using JsonDocument json = JsonDocument.Parse(flow.Json);
        string name = flow.DisplayName is { } text ? language.Say(text) : flow.Name ?? flow.DefinitionId;
        return new(
            flow.ActivityTypeName!,
            flow.Version,
            flow.ActivityTypeName!,
            "",
            name,
            language.Say(flow.Description ?? NoDescription),
            CategoryOf(json.RootElement) ?? language.Say(Category),
            "Action",
            [.. flow.Inputs.Select((input, place) => Of(input, place, language))],
            [.. flow.Outputs.Select((output, place) => new StudioOutput(WrittenNames.Shown(output.Name), TypeName(output.Type), output.DisplayName ?? output.Name, output.Description ?? "", place, IsBrowsable: true, IsSynthetic: true))],
            [Inside(language), .. flow.Outcomes.Append("Done").Distinct(StringComparer.Ordinal).Select(outcome => new StudioPort(outcome, language.Say(OutcomeWords.Of(outcome, flow)), "Flow"))],
            IsBrowsable: ReferenceEquals(flow, published),
            IsContainer: false,
            IsStart: false,
            IsTerminal: false,
            new Dictionary<string, object>
            {
                ["RootType"] = "WorkflowDefinitionActivity",
                ["WorkflowDefinitionId"] = flow.DefinitionId,
                ["WorkflowDefinitionVersionId"] = flow.Id,
            },
            new Dictionary<string, object>
            {
                ["workflowDefinitionId"] = flow.DefinitionId,
                ["workflowDefinitionVersionId"] = flow.Id,
                ["latestAvailablePublishedVersion"] = published.Version,
                ["latestAvailablePublishedVersionId"] = published.Id,
            });
    }

    // No button on the node; by it the viewer of instances opens the flow that runs inside.
    private static StudioPort Inside(Language language) => new("Root", language.Say(PortWords.Of("root")), "Embedded", IsBrowsable: false);

    private static StudioInput Of(InputDeclaration input, int place, Language language) => new(
        WrittenNames.Shown(input.Name),
        TypeName(input.Type),
        language.Say(input.Called),
        input.Description is { } description ? language.Say(description) : "",
        place,
        IsBrowsable: true,
        IsSynthetic: true,
        IsWrapped: true,
        HintOf(input.Type),
        DefaultValue: null,
        "Literal",
        UiSpecifications: null);

    private static string HintOf(DataType type) => type switch
    {
        { IsList: true, Kind: DataKind.String } => InputEditors.MultiText,
        { IsList: true } => InputEditors.MultiLine,
        { Kind: DataKind.Boolean } => InputEditors.CheckBox,
        { Kind: DataKind.Json or DataKind.JsonNode or DataKind.Dictionary } => InputEditors.JsonEditor,
        _ => InputEditors.SingleLine,
    };

    private static string? CategoryOf(JsonElement definition) =>
        definition.TryGetProperty("options", out JsonElement options) && options.ValueKind == JsonValueKind.Object
        && options.TryGetProperty("activityCategory", out JsonElement category) && category.ValueKind == JsonValueKind.String && category.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : null;

    private static string TypeName(DataType type) => StudioVocabulary.AliasOf(type);
}
