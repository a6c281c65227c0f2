namespace EngagementFlows.Scripts.Liquid.Parsing;

/// <summary>The lines of a <c>liquid</c> tag, each of them a tag without marks.</summary>
internal sealed class LineSegments(string text, int from, int to) : SegmentReader
{
    private int _at = from;

    public override Segment Next()
    {
        while (_at < to)
        {
            Segment tag = ReadLine();
            if (tag.Name.Length > 0 || tag.From < tag.To)
                return tag;
        }

        return new Segment(SegmentKind.End, to, "", to, to);
    }

    public override string ReadUnparsed(Segment open, string endName)
    {
        int begin = _at;
        while (_at < to)
        {
            int line = _at;
            if (ReadLine().Name == endName)
                return text[begin..line];
        }

        throw new SyntaxFault($"Tag '{open.Name}' is not closed: write '{endName}' on a line of its own.", open.Position);
    }

    private Segment ReadLine()
    {
        int begin = _at;
        int end = text.IndexOf('\n', begin, to - begin);
        _at = end < 0 ? to : end + 1;
        if (end < 0)
            end = to;
        while (begin < end && char.IsWhiteSpace(text[begin]))
            begin++;
        while (end > begin && char.IsWhiteSpace(text[end - 1]))
            end--;
        return TagOf(text, begin, begin, end);
    }
}
