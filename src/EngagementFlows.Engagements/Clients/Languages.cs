namespace EngagementFlows.Engagements.Clients;

/// <summary>The languages in which the house writes.</summary>
public static class Languages
{
    /// <summary>English; also what is used where a text in the wanted language cannot be.</summary>
    public const string English = "en";

    /// <summary>Simplified Chinese.</summary>
    public const string Chinese = "zh-CN";

    /// <summary>Gets all languages.</summary>
    public static IReadOnlyList<string> All { get; } = [English, Chinese];

    /// <summary>Returns the language in its own spelling, whatever the case of <paramref name="text"/>; <see langword="null"/> if it is none.</summary>
    public static string? Find(string text) => All.FirstOrDefault(language => language.Equals(text, StringComparison.OrdinalIgnoreCase));
}
