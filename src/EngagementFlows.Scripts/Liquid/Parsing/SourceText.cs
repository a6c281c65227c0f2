namespace EngagementFlows.Scripts.Liquid.Parsing;

/// <summary>A source with the places of its lines.</summary>
/// <param name="text">The source.</param>
/// <param name="partial">The name of the partial, or <see langword="null"/> for the template itself.</param>
internal sealed class SourceText(string text, string? partial)
{
    private int[]? _lineStarts;

    public string Text { get; } = text;

    public string? Partial { get; } = partial;

    /// <summary>Gets what a fault's message begins with, so that it names the partial.</summary>
    public string Prefix => Partial is null ? "" : $"Partial '{Partial}': ";

    /// <summary>Gives line and column, both from 1.</summary>
    public (int Line, int Column) Locate(int position)
    {
        int[] starts = _lineStarts ??= LineStarts(Text);
        int at = Math.Clamp(position, 0, Text.Length);
        int line = Array.BinarySearch(starts, at);
        if (line < 0)
            line = ~line - 1;
        return (line + 1, at - starts[line] + 1);
    }

    private static int[] LineStarts(string text)
    {
        List<int> starts = [0];
        for (int at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
            starts.Add(at + 1);
        return [.. starts];
    }
}
