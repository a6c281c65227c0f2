using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EngagementFlows.Scripts.JavaScript.RegularExpressions;

/// <summary>Translates patterns that mean the same to .NET's engine without backtracking, which needs time in proportion to the text only.</summary>
internal static class DotNetPattern
{
    /// <summary>Returns the translation, or <see langword="null"/> if the pattern has looks, references, boundaries, lines, or groups whose captures ECMAScript treats differently.</summary>
    public static Regex? Translate(PatternNode pattern, bool isUnicode)
    {
        StringBuilder text = new();
        if (!Append(text, pattern, isUnicode))
            return null;
        try
        {
            return new Regex(text.ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // The automaton would be too large.
            return null;
        }
    }

    private static bool Append(StringBuilder text, PatternNode node, bool isUnicode)
    {
        switch (node)
        {
            case SequenceNode sequence:
                return sequence.Items.All(item => Append(text, item, isUnicode));
            case AlternativesNode alternatives:
                text.Append("(?:");
                for (int i = 0; i < alternatives.Items.Count; i++)
                {
                    text.Append(i > 0 ? "|" : "");
                    if (!Append(text, alternatives.Items[i], isUnicode))
                        return false;
                }

                text.Append(')');
                return true;
            case SetNode set:
                text.Append(set.Set.ToDotNet(isUnicode));

                // (?!) is a look; an empty class is rare enough to leave to the other engine.
                return set.Set.Ranges.Count > 0;
            case StartNode { OfLine: false }:
                text.Append("\\A");
                return true;
            case EndNode { OfLine: false }:
                text.Append("\\z");
                return true;
            case GroupNode group:
                text.Append(CultureInfo.InvariantCulture, $"(?<{group.Number}>");
                bool isDone = Append(text, group.Body, isUnicode);
                text.Append(')');
                return isDone;
            case RepeatNode repeat when repeat.LastGroup < repeat.FirstGroup && repeat.Max is int.MaxValue or <= 1000 && repeat.Min <= 1000 && !CanBeEmpty(repeat.Body):
                text.Append("(?:");
                if (!Append(text, repeat.Body, isUnicode))
                    return false;
                text.Append(CultureInfo.InvariantCulture, $"){{{repeat.Min},{(repeat.Max == int.MaxValue ? "" : repeat.Max)}}}{(repeat.IsGreedy ? "" : "?")}");
                return true;
            case RepeatNode { Min: 1, Max: int.MaxValue } repeat when !CanBeEmpty(repeat.Body) && CapturesInEveryRound(repeat.Body):
                text.Append("(?:");
                if (!Append(text, repeat.Body, isUnicode))
                    return false;
                text.Append(repeat.IsGreedy ? ")+" : ")+?");
                return true;
            default:
                return false;
        }
    }

    // A round that leaves a group out must forget what the group captured before; .NET remembers.
    private static bool CapturesInEveryRound(PatternNode node) => node switch
    {
        SequenceNode sequence => sequence.Items.All(CapturesInEveryRound),
        GroupNode group => CapturesInEveryRound(group.Body),
        SetNode or StartNode or EndNode => true,
        RepeatNode repeat => repeat.LastGroup < repeat.FirstGroup || (repeat.Min > 0 && CapturesInEveryRound(repeat.Body)),
        _ => false,
    };

    private static bool CanBeEmpty(PatternNode node) => node switch
    {
        SequenceNode sequence => sequence.Items.All(CanBeEmpty),
        AlternativesNode alternatives => alternatives.Items.Any(CanBeEmpty),
        SetNode => false,
        GroupNode group => CanBeEmpty(group.Body),
        RepeatNode repeat => repeat.Min == 0 || CanBeEmpty(repeat.Body),
        _ => true,
    };
}
