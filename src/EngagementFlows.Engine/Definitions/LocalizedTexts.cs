using System.Text.Json;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Reads what people call a definition, an activity or an input, in both languages.</summary>
internal static class LocalizedTexts
{
    /// <summary>Returns <c>customProperties.displayName</c> of <paramref name="element"/>, as <see cref="Read"/> does.</summary>
    public static LocalizedText? DisplayName(JsonElement element, string? plain)
    {
        element.Find("customProperties", out JsonElement custom);
        return Read(custom, "displayName", plain);
    }

    /// <summary>
    /// Returns the member <paramref name="name"/> of <paramref name="element"/>, an object with the members <c>en</c> and <c>zh-CN</c>. A language that it lacks takes
    /// <paramref name="plain"/>, the one text that Elsa has, and else the other language; <see langword="null"/> if there is no text at all.
    /// </summary>
    public static LocalizedText? Read(JsonElement element, string name, string? plain)
    {
        element.Find(name, out JsonElement texts);
        string? only = Said(plain);
        string? english = Said(texts.Text("en")) ?? only;
        string? chinese = Said(texts.Text("zh-CN")) ?? only;
        return (english ?? chinese) is { } either ? new(english ?? either, chinese ?? either) : null;
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
