using System.Globalization;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Classes of characters in the grammar (ECMA-262 §12.2, §12.3, §12.7).</summary>
internal static class Characters
{
    public static bool IsLineTerminator(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    public static bool IsWhiteSpace(char c) => c is ' ' or '\t' or '\v' or '\f' or '\u00a0' or '\ufeff'
        || (c > '\u007f' && char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator);

    public static bool IsSpace(char c) => IsWhiteSpace(c) || IsLineTerminator(c);

    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => TrimEnd(TrimStart(text));

    public static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> text)
    {
        int start = 0;
        while (start < text.Length && IsSpace(text[start]))
            start++;
        return text[start..];
    }

    public static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        int end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
            end--;
        return text[..end];
    }

    public static bool IsIdentifierStart(int c) => c < 128
        ? char.IsAsciiLetter((char)c) || c is '$' or '_'
        : c is 0x2118 or 0x212E or 0x309B or 0x309C or 0x1885 or 0x1886 || IsLetter(CategoryOf(c));

    public static bool IsIdentifierPart(int c) => c < 128
        ? char.IsAsciiLetterOrDigit((char)c) || c is '$' or '_'
        : IsIdentifierStart(c) || c is 0x200c or 0x200d or 0x00b7 or 0x0387 or 0x19da or (>= 0x1369 and <= 0x1371) or 0x30fb or 0xff65
            || CategoryOf(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;

    private static bool IsLetter(UnicodeCategory category) => category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    private static UnicodeCategory CategoryOf(int c) => CharUnicodeInfo.GetUnicodeCategory(c);
}
