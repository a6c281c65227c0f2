using System.Text.Json;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Reads what people call a definition or an activity, in both languages.</summary>
internal static class DisplayNames
{
    /// <summary>
    /// Returns <c>customProperties.displayName</c> of <paramref name="element"/>, an object with the members <c>en</c> and <c>zh-CN</c>. A language that it lacks takes
    /// <paramref name="plain"/>, the one name that Elsa has, and else the other language; <see langword="null"/> if there is no name at all.
    /// </summary>
    public static LocalizedText? Read(JsonElement element, string? plain)
    {
        element.Find("customProperties", out JsonElement custom);
        custom.Find("displayName", out JsonElement names);
        string? only = Said(plain);
        string? english = Said(names.Text("en")) ?? only;
        string? chinese = Said(names.Text("zh-CN")) ?? only;
        return (english ?? chinese) is { } either ? new(english ?? either, chinese ?? either) : null;
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
