namespace EngagementFlows.Scripts.Liquid.Parsing;

/// <summary>Cuts a template at <c>{{ }}</c> and <c>{% %}</c>, with the whitespace control of their hyphens.</summary>
internal sealed class TemplateSegments(string text) : SegmentReader
{
    private readonly int _lastOutputEnd = text.LastIndexOf("}}", StringComparison.Ordinal);
    private readonly int _lastTagEnd = text.LastIndexOf("%}", StringComparison.Ordinal);
    private int _at;
    private bool _trimsNext;
    private bool _isInsideMark;
    private bool _hasOpenQuote;

    public override Segment Next()
    {
        if (!_isInsideMark)
        {
            int open = NextOpen(_at);
            int from = _at;
            _at = open;
            _isInsideMark = true;
            string content = TextBetween(from, open);
            if (content.Length > 0)
                return new Segment(SegmentKind.Text, from, content, open, open);
        }

        _isInsideMark = false;
        return _at >= text.Length ? new Segment(SegmentKind.End, text.Length, "", text.Length, text.Length) : ReadMark();
    }

    public override string ReadUnparsed(Segment open, string endName)
    {
        int from = _at;
        for (int at = text.IndexOf("{%", from, StringComparison.Ordinal); at >= 0; at = text.IndexOf("{%", at + 2, StringComparison.Ordinal))
        {
            int name = at + 2;
            if (name < text.Length && text[name] == '-')
                name++;
            while (name < text.Length && char.IsWhiteSpace(text[name]))
                name++;
            int end = name + endName.Length;
            if (string.CompareOrdinal(text, name, endName, 0, endName.Length) != 0)
                continue;
            while (end < text.Length && char.IsWhiteSpace(text[end]))
                end++;
            bool trims = end < text.Length && text[end] == '-';
            if (trims)
                end++;
            if (string.CompareOrdinal(text, end, "%}", 0, 2) != 0)
                continue;
            string content = TextBetween(from, at);
            _at = end + 2;
            _trimsNext = trims;
            return content;
        }

        _at = text.Length;
        throw new SyntaxFault($"Tag '{open.Name}' is not closed: write '{{% {endName} %}}' where it ends.", open.Position);
    }

    private Segment ReadMark()
    {
        int position = _at;
        bool isOutput = text[position + 1] == '{';
        int from = position + 2;
        if (from < text.Length && text[from] == '-')
            from++;
        bool isComment = !isOutput && IsInlineComment(from);
        string close = isOutput ? "}}" : "%}";
        int end = isComment ? text.IndexOf(close, from, StringComparison.Ordinal) : FindClose(from, close);
        if (end < 0)
        {
            // Go on behind the mark, so that faults after it are found as well.
            _at = from;
            throw new SyntaxFault($"'{text.AsSpan(position, 2)}' is not closed: write '{close}' where it ends.", position);
        }

        _at = end + 2;
        _trimsNext = end > from && text[end - 1] == '-';
        int to = _trimsNext ? end - 1 : end;
        return isOutput ? new Segment(SegmentKind.Output, position, "", from, to) : TagOf(text, position, from, to);
    }

    private bool IsInlineComment(int from)
    {
        while (from < text.Length && char.IsWhiteSpace(text[from]))
            from++;
        return from < text.Length && text[from] == '#';
    }

    // Inside of quotes the closing mark is text. If a quote is never closed, the mark counts after all, and the parser finds the quote; from then on quotes
    // are not looked at, so that a source of nothing else is not read to its end once for each of them.
    private int FindClose(int from, string close)
    {
        if (from > (close == "}}" ? _lastOutputEnd : _lastTagEnd))
            return -1;
        if (_hasOpenQuote)
            return text.IndexOf(close, from, StringComparison.Ordinal);
        char quote = '\0';
        for (int at = from; at + 1 < text.Length; at++)
        {
            char c = text[at];
            if (quote != '\0')
            {
                if (c == '\\')
                    at++;
                else if (c == quote)
                    quote = '\0';
            }
            else if (c is '"' or '\'')
                quote = c;
            else if (c == close[0] && text[at + 1] == close[1])
                return at;
        }

        _hasOpenQuote = true;
        return text.IndexOf(close, from, StringComparison.Ordinal);
    }

    private int NextOpen(int from)
    {
        for (int at = from; ; at++)
        {
            at = text.IndexOf('{', at);
            if (at < 0 || at + 1 >= text.Length)
                return text.Length;
            if (text[at + 1] is '{' or '%')
                return at;
        }
    }

    private string TextBetween(int from, int to)
    {
        ReadOnlySpan<char> content = text.AsSpan(from, to - from);
        if (_trimsNext)
            content = content.TrimStart();
        _trimsNext = false;
        if (to + 2 < text.Length && text[to + 2] == '-')
            content = content.TrimEnd();
        return content.ToString();
    }
}
