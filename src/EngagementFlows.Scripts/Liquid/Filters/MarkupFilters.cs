using System.Text;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>Filters about HTML.</summary>
internal static class MarkupFilters
{
    // The longest reference that stands for one character here.
    private const int LongestReference = 5;

    public static object? Escape(object? input, FilterArguments arguments, RenderState state)
    {
        string text = LiquidValue.ToText(input, state);
        state.NewText(text.Length);
        string encoded = LiquidEncoding.Html(text);
        state.NewText(encoded.Length);
        return encoded;
    }

    public static object? EscapeOnce(object? input, FilterArguments arguments, RenderState state) =>
        Escape(Unescape(TextFilters.TextOf(input, state)), arguments, state);

    public static object? NewlineToBreak(object? input, FilterArguments arguments, RenderState state)
    {
        string text = LiquidValue.ToText(input, state);
        // Where outputs are encoded, the text must be now: afterwards nobody could tell its marks from the breaks.
        bool isSafe = state.Options.Encode is not null;
        if (isSafe && input is not SafeText)
            text = state.Options.Encode!(text);
        state.NewText(text.Length + (text.AsSpan().Count('\n') * 6L));
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "<br />\n", StringComparison.Ordinal);
        return isSafe ? new SafeText(text) : text;
    }

    public static object? Raw(object? input, FilterArguments arguments, RenderState state) =>
        state.Options.Encode is null ? input : new SafeText(LiquidValue.ToText(input, state));

    /// <summary>Takes out tags and comments, and scripts and styles with what is in them.</summary>
    public static object? StripHtml(object? input, FilterArguments arguments, RenderState state)
    {
        string text = TextFilters.TextOf(input, state);
        StringBuilder kept = new(text.Length);
        // Once an end was not found it need not be looked for again: that keeps the work linear in the length.
        HashSet<string> missing = new(StringComparer.Ordinal);
        int at = 0;
        while (at < text.Length)
        {
            int open = text.IndexOf('<', at);
            if (open < 0)
                break;
            kept.Append(text, at, open - at);
            int end = EndOfMarkup(text, open, missing);
            if (end < 0)
            {
                kept.Append('<');
                end = open + 1;
            }

            at = end;
        }

        return kept.Append(text, at, text.Length - at).ToString();
    }

    private static int EndOfMarkup(string text, int open, HashSet<string> missing)
    {
        if (StartsWith(text, open, "<script"))
        {
            int end = EndAfter(text, open, "</script>", missing);
            if (end >= 0)
                return end;
        }

        if (StartsWith(text, open, "<style"))
        {
            int end = EndAfter(text, open, "</style>", missing);
            if (end >= 0)
                return end;
        }

        if (StartsWith(text, open, "<!--"))
        {
            int end = EndAfter(text, open, "-->", missing);
            if (end >= 0)
                return end;
        }

        return EndAfter(text, open, ">", missing);
    }

    private static bool StartsWith(string text, int at, string mark) => string.Compare(text, at, mark, 0, mark.Length, StringComparison.OrdinalIgnoreCase) == 0;

    private static int EndAfter(string text, int from, string mark, HashSet<string> missing)
    {
        if (missing.Contains(mark))
            return -1;
        int at = text.IndexOf(mark, from, StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
            return at + mark.Length;
        missing.Add(mark);
        return -1;
    }

    private static string Unescape(string text)
    {
        int at = text.IndexOf('&', StringComparison.Ordinal);
        if (at < 0)
            return text;
        StringBuilder plain = new(text.Length);
        int from = 0;
        for (; at >= 0; at = text.IndexOf('&', from))
        {
            plain.Append(text, from, at - from);
            (char character, int length) = ReferenceAt(text, at);
            plain.Append(character);
            from = at + length;
        }

        return plain.Append(text, from, text.Length - from).ToString();
    }

    private static (char Character, int Length) ReferenceAt(string text, int at)
    {
        int end = text.IndexOf(';', at, Math.Min(LongestReference + 1, text.Length - at));
        string reference = end < 0 ? "" : text[(at + 1)..end];
        char character = reference switch
        {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "#34" or "quot" => '"',
            "#39" or "apos" => '\'',
            _ => '\0',
        };
        return character == '\0' ? ('&', 1) : (character, end - at + 1);
    }
}
