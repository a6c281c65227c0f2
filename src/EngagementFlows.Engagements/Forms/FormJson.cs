using System.Globalization;
using System.Text.Json;

namespace EngagementFlows.Engagements.Forms;

/// <summary>Reads members of a form's JSON without minding whether a figure is written as text.</summary>
internal static class FormJson
{
    /// <summary>Returns a member as text, or <see langword="null"/>.</summary>
    public static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value) ? Text(value) : null;

    /// <summary>Returns a scalar as text, or <see langword="null"/>.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>Returns a member as a number, or <see langword="null"/>.</summary>
    public static decimal? Number(JsonElement owner, string name) =>
        decimal.TryParse(Text(owner, name), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    /// <summary>Returns a member as a count, or <see langword="null"/>.</summary>
    public static int? Count(JsonElement owner, string name) =>
        Number(owner, name) is { } number and >= 0 and <= int.MaxValue ? (int)number : null;

    /// <summary>Tells whether a member is true.</summary>
    public static bool Flag(JsonElement owner, string name) => Text(owner, name) == "true";
}
