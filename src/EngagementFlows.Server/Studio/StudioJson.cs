using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EngagementFlows.Server.Studio;

/// <summary>The JSON that the Studio reads and writes: camel case, states as their names, nothing where there is nothing.</summary>
internal static class StudioJson
{
    /// <summary>Definitions nest as deep as their authors draw them.</summary>
    public const int MaxDepth = 600;

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
        // A collection that is null breaks a panel of the Studio; one that is absent gets its default.
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>Answers with a value.</summary>
    public static IResult Answer<T>(T value) => TypedResults.Json(value, Options);
}
