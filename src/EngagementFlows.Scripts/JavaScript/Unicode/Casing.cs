using System.Globalization;
using System.Text;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Full case mapping (Unicode §3.13, SpecialCasing), without any culture.</summary>
internal static class Casing
{
    private const char CapitalSigma = '\u03a3';

    public static string ToUpper(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\u0080', '\uffff') < 0)
            return text.ToUpperInvariant();
        StringBuilder result = new(text.Length);
        foreach (char c in text)
        {
            if (c >= '\u0080' && UnicodeData.Shared.LongUpper.TryGetValue(c, out string? mapped))
                result.Append(mapped);
            else
                result.Append(c);
        }

        return result.ToString().ToUpperInvariant();
    }

    public static string ToLower(string text)
    {
        string lower = text.ToLowerInvariant();
        if (!text.Contains(CapitalSigma, StringComparison.Ordinal) && !text.Contains('\u0130', StringComparison.Ordinal))
            return lower;
        StringBuilder result = new(lower);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == CapitalSigma && IsFinal(text, i))
                result[i] = '\u03c2';
        }

        return result.Replace("\u0130", "i\u0307").ToString();
    }

    /// <summary>Final_Sigma: a letter before it, none behind it; what has no case of its own is skipped.</summary>
    private static bool IsFinal(string text, int at)
    {
        int before = at - 1;
        while (before >= 0 && IsIgnorable(text[before]))
            before--;
        int after = at + 1;
        while (after < text.Length && IsIgnorable(text[after]))
            after++;
        return before >= 0 && IsCased(text, before) && !(after < text.Length && IsCased(text, after));
    }

    private static bool IsCased(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(char.IsLowSurrogate(text[at]) && at > 0
            ? Texts.CodePointAt(text, at - 1)
            : Texts.CodePointAt(text, at))
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool IsIgnorable(char c) => c is '\'' or '.' or ':' or '\u00b7' or '\u2019'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
