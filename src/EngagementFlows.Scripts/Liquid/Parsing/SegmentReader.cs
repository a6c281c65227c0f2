namespace EngagementFlows.Scripts.Liquid.Parsing;

/// <summary>Cuts a source, or the lines of a <c>liquid</c> tag, into segments.</summary>
internal abstract class SegmentReader
{
    public abstract Segment Next();

    /// <summary>Gives everything up to the end of a block whose content is not parsed, and passes its end.</summary>
    public abstract string ReadUnparsed(Segment open, string endName);

    protected static Segment TagOf(string text, int position, int from, int to)
    {
        while (from < to && char.IsWhiteSpace(text[from]))
            from++;
        int end = from;
        if (end < to && text[end] == '#')
            end++;
        else
        {
            while (end < to && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
                end++;
        }

        return new Segment(SegmentKind.Tag, position, text[from..end], end, to);
    }
}
