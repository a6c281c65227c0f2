using System.Text.Encodings.Web;
using System.Text.Json;

namespace EngagementFlows.Engine.Definitions.Comparison;

/// <summary>Writes a value of a definition as a person would: an expression as its text, a list by lines.</summary>
/// <remarks>Two ways of writing the same (5 and "5", a literal with and without its type) give the same text, so that they are no difference.</remarks>
internal static class ShownValue
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the text, or <see langword="null"/> if there is no value.</summary>
    public static string? Of(JsonElement value)
    {
        string? text = value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(Of)),
            JsonValueKind.Object => OfObject(value),
            _ => value.GetRawText(),
        };
        return string.IsNullOrEmpty(text) ? null : text;
    }

    private static string? OfObject(JsonElement value)
    {
        if (value.Find("expression", out JsonElement expression) && expression.ValueKind == JsonValueKind.Object)
            return OfExpression(expression);
        if (value.Text("type") is not null && value.Find("value", out _) && value.EnumerateObject().Count() == 2)
            return OfExpression(value);
        // A case of a switch: its name, and when it is taken.
        if (value.Text("label") is { } label && value.Find("condition", out JsonElement condition))
            return $"{label}: {Of(condition)}";
        if (value.Text("en") is { } en && value.Text("zh-CN") is { } zh)
            return en == zh ? en : $"{en} / {zh}";
        return value.EnumerateObject().Any() ? JsonSerializer.Serialize(value, Readable) : null;
    }

    private static string? OfExpression(JsonElement expression)
    {
        expression.Find("value", out JsonElement value);
        // A variable is told by its name; the rest of it stands where it is declared.
        string? text = value.Text("name") ?? Of(value);
        return text is null || expression.Text("type") is not { } type || type is "Literal" or "Object" ? text : $"{type}: {text}";
    }
}
