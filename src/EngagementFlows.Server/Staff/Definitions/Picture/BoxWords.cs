using System.Globalization;

namespace EngagementFlows.Server.Staff.Definitions.Picture;

/// <summary>Breaks a name into the two lines that a box has room for.</summary>
internal static class BoxWords
{
    // Fonts differ; a Chinese character is about as wide as it is high, a Latin letter half of that.
    private const double LetterWidth = 8.6;
    private const int MostLines = 2;

    /// <summary>Returns one or two lines; what does not fit ends with an ellipsis.</summary>
    /// <param name="name">The name.</param>
    /// <param name="width">The room, in picture units.</param>
    public static IReadOnlyList<string> Wrapped(string name, double width)
    {
        List<string> lines = [];
        string rest = name.Trim();
        while (rest.Length > 0 && lines.Count < MostLines)
        {
            int fitting = Fitting(rest, width);
            if (fitting == rest.Length)
            {
                lines.Add(rest);
                return lines;
            }

            int blank = rest.LastIndexOf(' ', fitting);
            int end = blank > 0 ? blank : fitting;
            lines.Add(lines.Count == MostLines - 1 ? rest[..Math.Max(fitting - 1, 1)].TrimEnd() + "…" : rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
        }

        return lines;
    }

    // By text elements, so that nothing is cut in its middle; at least one.
    private static int Fitting(string text, double width)
    {
        double used = 0;
        int end = 0;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            string element = elements.GetTextElement();
            used += element[0] < 0x2E80 ? LetterWidth : LetterWidth * 2;
            if (used > width && end > 0)
                return end;
            end = elements.ElementIndex + element.Length;
        }

        return text.Length;
    }
}
