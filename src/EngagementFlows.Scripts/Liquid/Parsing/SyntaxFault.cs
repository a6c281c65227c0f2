namespace EngagementFlows.Scripts.Liquid.Parsing;

/// <summary>Ends the parsing of one tag or output; caught where the next one begins, so that all faults are found.</summary>
internal sealed class SyntaxFault(string message, int position) : Exception(message)
{
    public int Position { get; } = position;
}
