using System.Text.Json;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>The texts that stand in the inputs of a flow's activities. Pure.</summary>
internal sealed class WrittenValues
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = StudioJson.MaxDepth };

    private readonly ILookup<(string Type, string Input), string> _values;

    private WrittenValues(IEnumerable<(string Type, string Input, string Value)> values) =>
        _values = values.ToLookup(found => (found.Type, found.Input.ToUpperInvariant()), found => found.Value);

    /// <summary>Gets those of no flow.</summary>
    public static WrittenValues None { get; } = new([]);

    /// <summary>Finds them in a stored definition, at any depth.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static WrittenValues In(string definition)
    {
        using JsonDocument document = JsonDocument.Parse(definition, Reading);
        return new([.. Under(document.RootElement)]);
    }

    /// <summary>Returns the texts of an input of all activities of a type, in the order of the drawing; an expression is none.</summary>
    public IEnumerable<string> Of(string typeName, string input) => _values[(typeName, input.ToUpperInvariant())];

    /// <summary>Returns the text of an input among the values of an activity; <see langword="null"/> if there is none.</summary>
    public static string? TextOf(JsonElement input)
    {
        if (input.ValueKind == JsonValueKind.String)
            return input.GetString();
        return input.ValueKind == JsonValueKind.Object
            && input.TryGetProperty("expression", out JsonElement expression) && expression.ValueKind == JsonValueKind.Object
            && expression.TryGetProperty("type", out JsonElement type) && type.ValueEquals("Literal")
            && expression.TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
    }

    private static IEnumerable<(string Type, string Input, string Value)> Under(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().SelectMany(Under);
        if (element.ValueKind != JsonValueKind.Object)
            return [];
        string? type = element.TryGetProperty("type", out JsonElement named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        return element.EnumerateObject().SelectMany(member => type is not null && TextOf(member.Value) is { Length: > 0 } text ? [(type, member.Name, text)] : Under(member.Value));
    }
}
