namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Full case mapping (Unicode §3.13, SpecialCasing), without any culture.</summary>
internal static class Casing
{
    public static string ToUpper(string text)
    {
        string simple = text.ToUpperInvariant();
        return simple.AsSpan().IndexOfAnyInRange('\u0080', '\uffff') < 0 ? simple : SpecialUpper(simple);
    }

    public static string ToLower(string text) => text.ToLowerInvariant();

    private static string SpecialUpper(string text) => text.Contains('ß', StringComparison.Ordinal) ? text.Replace("ß", "SS", StringComparison.Ordinal) : text;
}
