namespace EngagementFlows.Scripts.Liquid.Parsing;

/// <summary>A source with the places of its lines.</summary>
/// <param name="Text">The source.</param>
/// <param name="Partial">The name of the partial, or <see langword="null"/> for the template itself.</param>
internal sealed record SourceText(string Text, string? Partial)
{
    /// <summary>Gets what a fault's message begins with, so that it names the partial.</summary>
    public string Prefix => Partial is null ? "" : $"Partial '{Partial}': ";

    /// <summary>Gives line and column, both from 1.</summary>
    public (int Line, int Column) Locate(int position)
    {
        ReadOnlySpan<char> before = Text.AsSpan(0, Math.Clamp(position, 0, Text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
