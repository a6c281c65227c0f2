namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A part of a regular expression (ECMA-262 §22.2.1).</summary>
internal abstract record RegexNode;

internal sealed record RegexEmpty : RegexNode;

internal sealed record RegexChar(int Code) : RegexNode;

/// <summary>Any character; without the dotAll flag none that ends a line.</summary>
internal sealed record RegexAny(bool WithLineEnds) : RegexNode;

internal sealed record RegexClass(CharacterSet Set) : RegexNode;

internal sealed record RegexSequence(List<RegexNode> Parts) : RegexNode;

internal sealed record RegexChoice(List<RegexNode> Alternatives) : RegexNode;

/// <summary>A group with the number under which it captures.</summary>
internal sealed record RegexGroup(int Index, RegexNode Body) : RegexNode;

/// <summary>A reference to groups; several if a name is used in several alternatives.</summary>
internal sealed record RegexBackreference(string? Name, int Index) : RegexNode;

internal enum RegexAssertion
{
    Start,
    End,
    WordBoundary,
    NotWordBoundary,
}

internal sealed record RegexAssert(RegexAssertion Kind) : RegexNode;

internal sealed record RegexLook(bool IsBehind, bool IsNegated, RegexNode Body) : RegexNode;

/// <summary>A repetition; the groups in it, from <see cref="FirstGroup"/> to before <see cref="EndGroup"/>, start empty in each turn.</summary>
internal sealed record RegexRepeat(RegexNode Body, int Least, int Most, bool IsLazy, int FirstGroup, int EndGroup) : RegexNode;

/// <summary>A regular expression that is not well-formed.</summary>
internal sealed class RegexException(string message) : Exception(message);
