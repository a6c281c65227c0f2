using System.Text.Json;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Forms;

/// <summary>Reads texts of SurveyJS, which are a string or an object by locale, and insists on both languages.</summary>
internal sealed class FormText(ICollection<FormFault> faults)
{
    /// <summary>Returns the text of a property; <see langword="null"/> if it is not there.</summary>
    public LocalizedText? Read(JsonElement owner, string property, string where)
    {
        if (!owner.TryGetProperty(property, out JsonElement value) || value.ValueKind is JsonValueKind.Null)
            return null;
        return Read(value, $"{where}, {property}");
    }

    /// <summary>Returns the text.</summary>
    public LocalizedText Read(JsonElement value, string where)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            string single = value.GetString()!;
            // Figures, signs and the like read the same in both languages.
            if (single.Any(char.IsLetter))
                faults.Add(new(where, $"'{Shorten(single)}' is written in one language only. Write {{\"default\": \"English\", \"zh-cn\": \"中文\"}}."));
            return new(single, single);
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new(where, $"'{Shorten(value.GetRawText())}' is not a text. Write {{\"default\": \"English\", \"zh-cn\": \"中文\"}}."));
            return new("", "");
        }

        string? english = Of(value, "default") ?? Of(value, "en");
        string? chinese = Of(value, "zh-cn") ?? Of(value, "zh-CN");
        if (english is null)
            faults.Add(new(where, "The English text is missing. Add it under \"default\" or \"en\"."));
        if (chinese is null)
            faults.Add(new(where, "The Chinese text is missing. Add it under \"zh-cn\"."));
        return new(english ?? chinese ?? "", chinese ?? english ?? "");
    }

    private static string? Of(JsonElement value, string locale) =>
        value.TryGetProperty(locale, out JsonElement text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } found ? found : null;

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
