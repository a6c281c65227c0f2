using System.Text.Json;
using System.Text.Json.Nodes;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>What the Studio is told of a version beside its content.</summary>
/// <param name="Id">The version's id.</param>
/// <param name="DefinitionId">The definition.</param>
/// <param name="Version">The version's number.</param>
/// <param name="IsLatest">Whether it is the newest.</param>
/// <param name="IsPublished">Whether it is published.</param>
/// <param name="CreatedAt">When it came into being.</param>
/// <param name="Revision">How often it was saved.</param>
internal sealed record ShownVersion(string Id, string DefinitionId, int Version, bool IsLatest, bool IsPublished, DateTimeOffset CreatedAt, int Revision);

/// <summary>Writes a stored definition as the Studio reads it: complete, in its spelling, with nothing that breaks a panel. Pure.</summary>
internal static class ShownDefinition
{
    /// <summary>The member of <c>customProperties</c> in which the Studio brings back what it had loaded.</summary>
    public const string Stamp = "engagementFlows";

    /// <summary>Gets the members of variables that the Studio keeps.</summary>
    public static IReadOnlyList<string> OfVariable { get; } = ["id", "name", "typeName", "isArray", "value", "storageDriverTypeName"];

    /// <summary>Gets the members of inputs that the Studio keeps.</summary>
    public static IReadOnlyList<string> OfInput { get; } = ["type", "name", "displayName", "description", "category", "isArray", "uiHint", "storageDriverType"];

    /// <summary>Gets the members of inputs that a flow may hold in both languages.</summary>
    public static IReadOnlyList<string> WordsOfInput { get; } = ["displayName", "description"];

    /// <summary>Gets the members of outputs that the Studio keeps.</summary>
    public static IReadOnlyList<string> OfOutput { get; } = ["type", "name", "displayName", "description", "category", "isArray"];

    /// <summary>Gets the members of options that the Studio keeps.</summary>
    public static IReadOnlyList<string> OfOptions { get; } =
        ["activationStrategyType", "usableAsActivity", "autoUpdateConsumingWorkflows", "activityCategory", "incidentStrategyType", "commitStrategyName"];

    /// <summary>Shows a definition; the stamp in its custom properties tells a later save what it was.</summary>
    public static JsonObject Of(JsonObject stored, ShownVersion version, KnownActivities known, string language)
    {
        JsonObject custom = stored.Member("customProperties")?.DeepClone() as JsonObject ?? [];
        custom[Stamp] = new JsonObject { ["revision"] = version.Revision, ["versionId"] = version.Id };
        JsonObject shown = new()
        {
            ["id"] = version.Id,
            ["definitionId"] = version.DefinitionId,
            ["name"] = ShownActivities.NameIn(stored, language) ?? stored.TextOf("name") ?? version.DefinitionId,
            ["description"] = ShownActivities.WordsIn(stored, "description", language) ?? stored.TextOf("description"),
            ["createdAt"] = version.CreatedAt.ToString("O"),
            ["version"] = version.Version,
            ["variables"] = new JsonArray([.. Items(stored, "variables").Select(Variable)]),
            ["inputs"] = new JsonArray([.. Items(stored, "inputs").Select(item => InLanguage(Declared(item, OfInput), stored, language))]),
            ["outputs"] = new JsonArray([.. Items(stored, "outputs").Select(item => Declared(item, OfOutput))]),
            ["outcomes"] = new JsonArray([.. (stored.ListOf("outcomes") ?? []).Select(DefinitionNodes.TextOf).OfType<string>().Select(outcome => JsonValue.Create(outcome))]),
            ["customProperties"] = custom,
            ["isReadonly"] = false,
            ["isSystem"] = false,
            ["isLatest"] = version.IsLatest,
            ["isPublished"] = version.IsPublished,
            ["options"] = Options(stored),
            ["root"] = new ShownActivities(known, language).Show(stored.Member("root") as JsonObject ?? NoRoot(), "Workflow1"),
        };
        // What does not read as a version number keeps the Studio from opening the definition.
        if (System.Version.TryParse(stored.TextOf("toolVersion"), out _))
            shown["toolVersion"] = stored.TextOf("toolVersion");
        return shown;
    }

    // As the engine reads a definition without a root.
    private static JsonObject NoRoot() => new() { ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray() };

    private static IEnumerable<JsonObject> Items(JsonObject stored, string name) => (stored.ListOf(name) ?? []).OfType<JsonObject>();

    private static JsonObject Variable(JsonObject item)
    {
        JsonNode? value = item.Member("value");
        string name = item.TextOf("name") ?? "";
        return new()
        {
            ["id"] = item.TextOf("id") is { Length: > 0 } id ? id : name,
            ["name"] = name,
            ["typeName"] = item.TextOf("typeName") ?? "Object",
            ["isArray"] = item.FlagOf("isArray") ?? false,
            ["value"] = value is null || value.GetValueKind() == JsonValueKind.Null ? null : DefinitionNodes.TextOf(value) ?? value.ToJsonString(),
            ["storageDriverTypeName"] = item.TextOf("storageDriverTypeName"),
        };
    }

    private static JsonObject Declared(JsonObject item, IReadOnlyList<string> members)
    {
        JsonObject shown = [];
        string name = item.TextOf("name") ?? "";
        foreach (string member in members)
        {
            shown[member] = member switch
            {
                "name" => name,
                "type" => item.TextOf("type") ?? item.TextOf("typeName") ?? "Object",
                "displayName" => item.TextOf("displayName") ?? name,
                "category" => item.TextOf("category") ?? "Primitives",
                "uiHint" => item.TextOf("uiHint") ?? "singleline",
                "isArray" => item.FlagOf("isArray") ?? false,
                _ => item.TextOf(member),
            };
        }

        return shown;
    }

    /// <summary>Returns the texts of an input in both languages, which stand in the flow's custom properties; <see langword="null"/> if there are none.</summary>
    /// <param name="stored">The definition.</param>
    /// <param name="input">The input's name.</param>
    /// <param name="member">Which text: one of <see cref="WordsOfInput"/>.</param>
    public static JsonObject? WordsOf(JsonObject stored, string? input, string member) =>
        input is null ? null : (((stored.Member("customProperties") as JsonObject).Member("inputs") as JsonObject).Member(input) as JsonObject).Member(member) as JsonObject;

    private static JsonObject InLanguage(JsonObject shown, JsonObject stored, string language)
    {
        foreach (string member in WordsOfInput)
        {
            if (WordsOf(stored, shown.TextOf("name"), member).TextOf(language) is { } words && !string.IsNullOrWhiteSpace(words))
                shown[member] = words;
        }

        return shown;
    }

    private static JsonObject Options(JsonObject stored)
    {
        JsonObject? options = stored.Member("options") as JsonObject;
        JsonObject shown = [];
        foreach (string member in OfOptions)
            // The one option that the Studio reads as a truth value and nothing else.
            shown[member] = member == "autoUpdateConsumingWorkflows" ? options.FlagOf(member) ?? false : options.Member(member)?.DeepClone();
        return shown;
    }
}
