using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Definitions as trees that can be changed. Pure.</summary>
internal static class DefinitionNodes
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 512, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, MaxDepth = 1_000 };

    /// <summary>Reads a text; of members that stand twice, the last counts, as it does for the engine.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static JsonObject Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, Reading);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? (JsonObject)Of(document.RootElement.Clone())!
            : throw new JsonException($"A definition is a JSON object, and this is a JSON {document.RootElement.ValueKind.ToString().ToLowerInvariant()}.");
    }

    public static JsonNode? Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                JsonObject map = [];
                foreach (JsonProperty member in element.EnumerateObject())
                    map[member.Name] = Of(member.Value);
                return map;
            case JsonValueKind.Array:
                JsonArray list = [];
                foreach (JsonElement item in element.EnumerateArray())
                    list.Add(Of(item));
                return list;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return JsonValue.Create(element);
        }
    }

    public static string Write(JsonObject definition)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Writing))
            definition.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Returns the spelling that an object has for a member, whose names count without regard to case; <see langword="null"/> if it has none.</summary>
    public static string? KeyOf(this JsonObject map, string name)
    {
        if (map.ContainsKey(name))
            return name;
        foreach ((string key, JsonNode? _) in map)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return key;
        }

        return null;
    }

    /// <summary>Returns a member without regard to the case of its name, or <see langword="null"/>.</summary>
    public static JsonNode? Member(this JsonObject? map, string name) => map?.KeyOf(name) is { } key ? map[key] : null;

    /// <summary>Returns a member that is a text, or <see langword="null"/>.</summary>
    public static string? TextOf(this JsonObject? map, string name) => TextOf(map.Member(name));

    public static string? TextOf(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>Returns a member that is a whole number, or <see langword="null"/>.</summary>
    public static int? NumberOf(this JsonObject? map, string name) =>
        map.Member(name) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && int.TryParse(value.ToJsonString(), out int number) ? number : null;

    public static bool? FlagOf(this JsonObject? map, string name) => (map.Member(name) as JsonValue)?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>Returns the list in a member, unwrapped from the objects in which older exports keep lists; <see langword="null"/> if there is none.</summary>
    public static JsonArray? ListOf(this JsonObject? map, string name)
    {
        JsonNode? node = map.Member(name);
        if (node is JsonObject wrapped && wrapped.KeyOf("_type") is not null)
            node = wrapped.Member("items") ?? wrapped.Member("_items") ?? wrapped.Member("values") ?? wrapped.Member("$values");
        return node as JsonArray;
    }

    /// <summary>Sets a member in the spelling that the object has for it.</summary>
    public static void Put(this JsonObject map, string name, JsonNode? value) => map[map.KeyOf(name) ?? name] = value;

    /// <summary>Removes a member in whatever spelling.</summary>
    public static void Drop(this JsonObject map, string name)
    {
        if (map.KeyOf(name) is { } key)
            map.Remove(key);
    }
}
