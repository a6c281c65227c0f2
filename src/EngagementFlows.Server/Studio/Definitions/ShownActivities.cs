using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Writes activities as the Studio draws them. Pure; one object shows one definition.</summary>
/// <param name="known">The activities that can be drawn.</param>
/// <param name="language">The language of names that a definition has in both: <c>en</c> or <c>zh-CN</c>.</param>
internal sealed class ShownActivities(KnownActivities known, string language)
{
    /// <summary>What stands in the picture for an activity that this server does not know. Without it the Studio draws nothing at all, and then saves the nothing.</summary>
    public const string NotFound = "Elsa.NotFoundActivity";

    /// <summary>Holds the JSON of the activity that is not known.</summary>
    public const string Original = "originalActivityJson";

    private readonly Dictionary<string, int> _generated = [];

    /// <summary>Shows an activity and all that is inside.</summary>
    /// <param name="stored">The activity as it is stored.</param>
    /// <param name="path">The node id of the enclosing activity.</param>
    public JsonObject Show(JsonObject stored, string path)
    {
        string type = stored.TextOf("type") ?? "";
        string id = stored.TextOf("id") is { Length: > 0 } given ? given : GenerateId(type);
        int version = stored.NumberOf("version") ?? 0;
        string nodeId = $"{path}:{id}";
        JsonObject shown = new()
        {
            ["id"] = id,
            ["nodeId"] = nodeId,
            ["name"] = stored.TextOf("name") ?? id,
            ["type"] = type,
            ["version"] = version == 0 ? known.VersionOf(type) : version,
        };
        IReadOnlyList<string> childMembers = known.ChildrenOf(type);
        foreach ((string name, JsonNode? value) in stored)
        {
            if (value is null || shown.KeyOf(name) is not null)
                continue;
            if (childMembers.FirstOrDefault(member => member.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } member)
                shown[member] = ShowChildren(stored, name, value, nodeId);
            else if (name.Equals("connections", StringComparison.OrdinalIgnoreCase))
                shown["connections"] = ShowConnections(stored);
            else if (name.Equals("metadata", StringComparison.OrdinalIgnoreCase))
                shown["metadata"] = value.DeepClone();
            else if (name.Equals("customProperties", StringComparison.OrdinalIgnoreCase))
                shown["customProperties"] = value.DeepClone();
            else
                shown[name] = known.IsWrapped(type, version, name) ? Wrapped(type, version, name, value) : value.DeepClone();
        }

        // The children were read all the same: ids that the engine makes up are counted over all of them.
        if (!known.IsKnown(type, version))
            return StandIn(stored, shown, type, version);
        Name(stored, shown);
        return shown;
    }

    /// <summary>Returns the name of an activity or definition in the reader's language, if it has names of its own in both.</summary>
    public static string? NameIn(JsonObject stored, string language) => WordsIn(stored, "displayName", language);

    /// <summary>Returns a text of an activity or definition in the reader's language, if its custom properties hold it in both.</summary>
    /// <param name="stored">The activity or definition.</param>
    /// <param name="member">Which text: <c>displayName</c>, <c>description</c>.</param>
    /// <param name="language">The reader's language.</param>
    public static string? WordsIn(JsonObject stored, string member, string language) =>
        ((stored.Member("customProperties") as JsonObject).Member(member) as JsonObject).TextOf(language) is { } words && !string.IsNullOrWhiteSpace(words) ? words : null;

    /// <summary>Returns the ends of a connection, in today's nested and in the old flat form.</summary>
    public static (string? Source, string Port, string? Target) Ends(JsonObject connection) => connection.Member("source") is JsonObject source
        ? (source.TextOf("activity"), source.TextOf("port") ?? "Done", (connection.Member("target") as JsonObject).TextOf("activity"))
        : (connection.TextOf("source"), connection.TextOf("sourcePort") ?? "Done", connection.TextOf("target"));

    /// <summary>Tells whether a member holds cases, which hold activities one level deeper.</summary>
    public static bool IsCase(JsonObject item) => item.KeyOf("type") is null;

    private string GenerateId(string type)
    {
        string shortName = type[(type.LastIndexOf('.') + 1)..];
        int number = _generated.GetValueOrDefault(shortName) + 1;
        _generated[shortName] = number;
        return shortName + number.ToString(CultureInfo.InvariantCulture);
    }

    private JsonNode ShowChildren(JsonObject stored, string name, JsonNode value, string nodeId)
    {
        if (stored.ListOf(name) is { } list)
        {
            JsonArray shown = [];
            foreach (JsonNode? item in list)
                shown.Add(item is JsonObject child ? ShowChild(child, nodeId) : item?.DeepClone());
            return shown;
        }

        return value is JsonObject only ? ShowChild(only, nodeId) : value.DeepClone();
    }

    private JsonObject ShowChild(JsonObject child, string nodeId)
    {
        if (!IsCase(child))
            return Show(child, nodeId);
        JsonObject shown = (JsonObject)child.DeepClone();
        if (child.Member("activity") is JsonObject inner)
            shown[shown.KeyOf("activity")!] = Show(inner, nodeId);
        return shown;
    }

    // Connections that lead from or to nothing are not drawn, and are kept where they are stored.
    private static JsonArray ShowConnections(JsonObject stored)
    {
        HashSet<string?> ids = [.. (stored.ListOf("activities") ?? []).OfType<JsonObject>().Select(child => child.TextOf("id"))];
        JsonArray shown = [];
        foreach (JsonObject connection in (stored.ListOf("connections") ?? []).OfType<JsonObject>())
        {
            (string? source, string port, string? target) = Ends(connection);
            if (source is null || target is null || !ids.Contains(source) || !ids.Contains(target))
                continue;
            shown.Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = source, ["port"] = port },
                ["target"] = new JsonObject { ["activity"] = target, ["port"] = (connection.Member("target") as JsonObject).TextOf("port") ?? connection.TextOf("targetPort") ?? "In" },
                ["vertices"] = connection.ListOf("vertices")?.DeepClone() ?? new JsonArray(),
            });
        }

        return shown;
    }

    private JsonNode Wrapped(string type, int version, string name, JsonNode value)
    {
        if (value is JsonObject)
            return value.DeepClone();
        bool isList = value is JsonArray;
        return new JsonObject
        {
            ["typeName"] = known.TypeOf(type, version, name),
            ["expression"] = new JsonObject { ["type"] = isList ? "Object" : "Literal", ["value"] = isList ? value.ToJsonString() : value.DeepClone() },
        };
    }

    private void Name(JsonObject stored, JsonObject shown)
    {
        if (NameIn(stored, language) is not { } name)
            return;
        if (shown["metadata"] is not JsonObject metadata)
            shown["metadata"] = metadata = [];
        metadata.Put("displayText", name);
    }

    private JsonObject StandIn(JsonObject stored, JsonObject shown, string type, int version)
    {
        JsonObject metadata = shown["metadata"]?.DeepClone() as JsonObject ?? [];
        if (metadata.TextOf("displayText") is null)
            metadata.Put("displayText", NameIn(stored, language) ?? (version > 1 ? $"{type} v{version}" : type));
        return new()
        {
            ["id"] = shown["id"]!.DeepClone(),
            ["nodeId"] = shown["nodeId"]!.DeepClone(),
            ["name"] = shown["name"]!.DeepClone(),
            ["type"] = NotFound,
            ["version"] = 1,
            ["missingTypeName"] = type,
            ["missingTypeVersion"] = version,
            [Original] = stored.ToJsonString(OneLine),
            ["metadata"] = metadata,
        };
    }

    private static JsonSerializerOptions OneLine { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = StudioJson.MaxDepth };
}
