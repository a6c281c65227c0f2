using System.Text.Json.Nodes;

namespace EngagementFlows.Server.Tests.Studio.Definitions;

/// <summary>Does to definitions what the Studio was seen to do: knows some members and drops the others, writes null for what is absent, and turns lists round.</summary>
internal static class StudioDouble
{
    /// <summary>Returns the model that the Studio saves after it was shown a definition and nothing was changed.</summary>
    public static JsonObject ModelOf(JsonObject shown)
    {
        JsonObject model = [];
        foreach (string name in (string[])["definitionId", "name", "description", "toolVersion", "outcomes", "root", "createdAt", "version", "isLatest", "isPublished", "id"])
            model[name] = shown[name]?.DeepClone();
        model["variables"] = Typed(shown["variables"], "id", "name", "typeName", "isArray", "value", "storageDriverTypeName");
        model["inputs"] = Typed(shown["inputs"], "uiHint", "storageDriverType", "type", "isArray", "name", "displayName", "description", "category");
        model["outputs"] = Typed(shown["outputs"], "type", "isArray", "name", "displayName", "description", "category");
        model["isReadonly"] = false;
        model["links"] = null;
        JsonObject custom = (JsonObject)shown["customProperties"]!.DeepClone();
        custom["VariableTestValues"] = new JsonObject();
        custom["logPersistenceConfig"] = new JsonObject { ["default"] = new JsonObject { ["evaluationMode"] = null, ["strategyType"] = null, ["expression"] = null } };
        model["customProperties"] = custom;
        JsonObject options = [];
        foreach (string name in (string[])["activationStrategyType", "usableAsActivity", "autoUpdateConsumingWorkflows", "activityCategory", "incidentStrategyType", "commitStrategyName"])
            options[name] = shown["options"]?[name]?.DeepClone();
        model["options"] = options;
        TurnRound(model["root"]);
        return model;
    }

    /// <summary>Returns the body of a save.</summary>
    public static JsonObject SaveOf(JsonObject model, bool? publish = false) => new() { ["model"] = model.DeepClone(), ["publish"] = publish };

    /// <summary>Finds an activity by its id anywhere in a definition.</summary>
    public static JsonObject Activity(JsonNode? node, string id) => Find(node, id) ?? throw new InvalidOperationException($"There is no activity '{id}'.");

    /// <summary>Returns an input as the Studio writes one that was empty.</summary>
    public static JsonObject Literal(string text) =>
        new() { ["typeName"] = null, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = text }, ["memoryReference"] = null };

    private static JsonObject? Find(JsonNode? node, string id) => node switch
    {
        JsonObject map when map["type"] is not null && map["id"]?.GetValue<string>() == id => map,
        JsonObject map => map.Select(member => Find(member.Value, id)).FirstOrDefault(found => found is not null),
        JsonArray list => list.Select(item => Find(item, id)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static JsonArray Typed(JsonNode? list, params string[] members) =>
    [
        .. (list as JsonArray ?? []).Select(item =>
        {
            JsonObject typed = [];
            foreach (string member in members)
                typed[member] = item![member]?.DeepClone();
            return (JsonNode)typed;
        }),
    ];

    private static void TurnRound(JsonNode? node)
    {
        if (node is JsonObject map)
        {
            if (map["type"] is JsonValue type && type.ToString() == "Elsa.Flowchart")
            {
                Reverse(map, "activities");
                Reverse(map, "connections");
            }

            foreach ((string _, JsonNode? value) in map.ToArray())
                TurnRound(value);
        }
        else if (node is JsonArray list)
        {
            foreach (JsonNode? item in list)
                TurnRound(item);
        }
    }

    private static void Reverse(JsonObject map, string name)
    {
        if (map[name] is JsonArray list)
            map[name] = new JsonArray([.. list.Select(item => item?.DeepClone()).Reverse()]);
    }
}
