namespace EngagementFlows.Scripts.JavaScript.RegularExpressions;

/// <summary>Says that a pattern or its flags are not an ECMAScript regular expression.</summary>
internal sealed class PatternException(string message, int index) : Exception(message)
{
    /// <summary>Gets the place in the pattern, from 0.</summary>
    public int Index { get; } = index;
}
