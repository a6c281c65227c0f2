using System.Globalization;
using System.Text;

namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>Writes text of any language into headers (RFC 2047), in words of at most 75 characters that end between characters.</summary>
internal static class EncodedWords
{
    private const int LongestWord = 75;
    private const string BHead = "=?utf-8?B?";
    private const string QHead = "=?utf-8?Q?";
    private const string Tail = "?=";

    /// <summary>Tells whether a text may stand in a header as it is.</summary>
    public static bool IsPlain(string text) =>
        text.All(unit => unit is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal) && text.Split(' ').All(word => word.Length <= LongestWord);

    /// <summary>Returns the encoded words of a text, in the shorter of both encodings.</summary>
    /// <param name="text">The text.</param>
    /// <param name="used">How many characters of the first line are taken by the header's name.</param>
    public static IReadOnlyList<string> Of(string text, int used)
    {
        List<string> b = Split(text, used, BHead, runes => ((Encoding.UTF8.GetByteCount(runes) + 2) / 3) * 4, runes => Convert.ToBase64String(Encoding.UTF8.GetBytes(runes)));
        List<string> q = Split(text, used, QHead, runes => Q(runes).Length, Q);
        return q.Sum(word => word.Length + 1) < b.Sum(word => word.Length + 1) ? q : b;
    }

    private static List<string> Split(string text, int used, string head, Func<string, int> measure, Func<string, string> encode)
    {
        int room = LongestWord - head.Length - Tail.Length;
        List<string> words = [];
        StringBuilder current = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            string next = rune.ToString();
            if (current.Length > 0 && measure(current + next) > (words.Count == 0 ? room - used : room))
            {
                words.Add(head + encode(current.ToString()) + Tail);
                current.Clear();
            }

            current.Append(next);
        }

        words.Add(head + encode(current.ToString()) + Tail);
        return words;
    }

    // The narrow alphabet of phrases (RFC 2047 §5.3), which is right everywhere.
    private static string Q(string text)
    {
        StringBuilder encoded = new();
        foreach (byte unit in Encoding.UTF8.GetBytes(text))
        {
            if (unit == ' ')
                encoded.Append('_');
            else if (char.IsAsciiLetterOrDigit((char)unit))
                encoded.Append((char)unit);
            else
                encoded.Append('=').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }
}
