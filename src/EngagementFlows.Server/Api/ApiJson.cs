using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Api;

/// <summary>The JSON of the API: camel case, unknown and doubled members and times without an offset refused, depth bounded.</summary>
internal static class ApiJson
{
    public const int MaxDepth = 64;

    public static JsonSerializerOptions Options { get; } = Configured(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new InstantConverter() } });

    public static JsonSerializerOptions Configured(JsonSerializerOptions options)
    {
        options.MaxDepth = MaxDepth;
        options.AllowDuplicateProperties = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        // Chinese stays readable; answers are never put into HTML.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new PlainObjectConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }

    /// <summary>Named plain values as an ordinary JSON object.</summary>
    private sealed class PlainObjectConverter : JsonConverter<PlainObject>
    {
        public override PlainObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return PlainJson.Read(document.RootElement) as PlainObject
                ?? throw new JsonException($"The value is a JSON {document.RootElement.ValueKind.ToString().ToLowerInvariant()}; it must be an object.");
        }

        public override void Write(Utf8JsonWriter writer, PlainObject value, JsonSerializerOptions options) => PlainJson.Write(writer, value);
    }
}
