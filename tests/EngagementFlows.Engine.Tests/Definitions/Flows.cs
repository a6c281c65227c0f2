using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engine.Tests.Definitions;

/// <summary>Builds definitions for tests.</summary>
internal static class Flows
{
    public static ActivityCatalog Catalog { get; } = new(ElsaActivities.All);

    public static WorkflowDefinition Read(string json)
    {
        DefinitionReading reading = DefinitionReader.Read(json, Catalog);
        reading.Refusals.Should().BeEmpty();
        return reading.Definition!;
    }

    /// <summary>Wraps a root activity into a published definition.</summary>
    public static WorkflowDefinition Of(string root, string id = "flow", string variables = "[]") => Read(Json(root, id, variables));

    /// <summary>Returns the text of that definition.</summary>
    public static string Json(string root, string id = "flow", string variables = "[]") =>
        $$"""{ "definitionId": "{{id}}", "id": "{{id}}-v1", "name": "{{id}}", "version": 1, "isLatest": true, "isPublished": true, "variables": {{variables}}, "root": {{root}} }""";

    public static DefinitionCatalogue Catalogue(params WorkflowDefinition[] definitions) => DefinitionCatalogue.Create(Catalog, definitions);
}
