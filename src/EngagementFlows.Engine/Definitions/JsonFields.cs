using System.Text.Json;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Reads members of definitions, whose names count without regard to case.</summary>
internal static class JsonFields
{
    /// <summary>Finds a member, by exact name first.</summary>
    public static bool Find(this JsonElement element, string name, out JsonElement value)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            value = default;
            return false;
        }

        if (element.TryGetProperty(name, out value))
            return true;
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;
            value = member.Value;
            return true;
        }

        return false;
    }

    /// <summary>Returns a text member, or <see langword="null"/>.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Find(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Returns a truth member, or <see langword="null"/>.</summary>
    public static bool? Flag(this JsonElement element, string name) => element.Find(name, out JsonElement value) ? value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    }
    : null;

    /// <summary>Returns a whole-number member, or <see langword="null"/>.</summary>
    public static int? Number(this JsonElement element, string name) =>
        element.Find(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;

    /// <summary>Returns the items of a list member, unwrapping <c>{ "items": [] }</c> and <c>{ "values": [] }</c> of older exports; empty if there is none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name)
    {
        if (!element.Find(name, out JsonElement value))
            return [];
        if (value.ValueKind == JsonValueKind.Object && value.Find("_type", out _))
        {
            if (value.Find("items", out JsonElement items) || value.Find("_items", out items) || value.Find("values", out items) || value.Find("$values", out items))
                value = items;
        }

        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];
    }
}
