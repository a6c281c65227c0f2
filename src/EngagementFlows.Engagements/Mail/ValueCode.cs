using System.Globalization;
using System.Text;

namespace EngagementFlows.Engagements.Mail;

/// <summary>Carries values through Markdown unseen: what is no letter or digit is moved to a private plane of Unicode, where nothing is markup.</summary>
/// <remarks>
/// A template's own text never holds such characters, so what comes back from the plane is a value's, wherever the parser put it: in a text, in an address, in code.
/// Escaping with backslashes would not do: they mean nothing in code, and emphasis beside a value depends on the value's punctuation.
/// </remarks>
internal static class ValueCode
{
    // Plane 15: U+F0000 and the character's number, which UTF-16 writes as two units.
    private const int Plane = 0xF0000;
    private const char FirstHigh = '\uDB80';
    private const char LastHigh = '\uDBBF';

    /// <summary>Returns the value in its carried form; characters that would steer a reader's display are left out.</summary>
    public static string Encode(string value)
    {
        StringBuilder carried = new(value.Length + 16);
        foreach (char unit in Clean(Decode(value)))
        {
            if (char.IsAsciiLetterOrDigit(unit) || (unit > 127 && char.IsLetterOrDigit(unit)))
                carried.Append(unit);
            else
                carried.Append(char.ConvertFromUtf32(Plane + unit));
        }

        return carried.ToString();
    }

    /// <summary>Returns a text with carried values as they were.</summary>
    public static string Decode(string text)
    {
        if (!IsCarrying(text))
            return text;
        StringBuilder plain = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char unit = text[i];
            if (unit is < FirstHigh or > LastHigh)
                plain.Append(unit);
            else if (i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                plain.Append((char)(char.ConvertToUtf32(unit, text[++i]) - Plane));
        }

        return plain.ToString();
    }

    /// <summary>Tells whether a text holds a carried character.</summary>
    public static bool IsCarrying(string text) => text.AsSpan().IndexOfAnyInRange(FirstHigh, LastHigh) >= 0;

    /// <summary>Returns a value without control characters, but for line breaks and tabs, and without marks that reverse the order of what follows.</summary>
    public static string Clean(string value)
    {
        string lines = value.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace('\u2028', '\n').Replace('\u2029', '\n');
        StringBuilder clean = new(lines.Length);
        foreach (char unit in lines)
        {
            if (unit is '\n' or '\t' || !(IsSteering(unit) || char.GetUnicodeCategory(unit) is UnicodeCategory.Control))
                clean.Append(unit);
        }

        return clean.ToString();
    }

    /// <summary>Returns a value as one line.</summary>
    public static string OneLine(string value) => string.Join(' ', Clean(value).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsSteering(char unit) => unit is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';
}
