namespace EngagementFlows.Scripts.JavaScript.RegularExpressions;

/// <summary>A part of a parsed pattern.</summary>
internal abstract record PatternNode;

/// <summary>Parts one after the other; none of them = the empty pattern.</summary>
internal sealed record SequenceNode(IReadOnlyList<PatternNode> Items) : PatternNode;

/// <summary>The first of several parts that leads to a match.</summary>
internal sealed record AlternativesNode(IReadOnlyList<PatternNode> Items) : PatternNode;

/// <summary>One character of a set.</summary>
internal sealed record SetNode(CodePointSet Set) : PatternNode;

/// <summary>The beginning of the text, or of a line.</summary>
internal sealed record StartNode(bool OfLine) : PatternNode;

/// <summary>The end of the text, or of a line.</summary>
internal sealed record EndNode(bool OfLine) : PatternNode;

/// <summary>A place between a word character and another one, or a place that is none.</summary>
internal sealed record BoundaryNode(bool IsBoundary, CodePointSet Words) : PatternNode;

/// <summary>A capture group.</summary>
internal sealed record GroupNode(int Number, PatternNode Body) : PatternNode;

/// <summary>What a group captured.</summary>
internal sealed record ReferenceNode(int Group) : PatternNode;

/// <summary>A look ahead or behind.</summary>
internal sealed record LookNode(bool Ahead, bool IsNegative, PatternNode Body) : PatternNode;

/// <summary>A repetition; the groups from <paramref name="FirstGroup"/> to <paramref name="LastGroup"/> are forgotten at each round.</summary>
internal sealed record RepeatNode(PatternNode Body, int Min, int Max, bool IsGreedy, int FirstGroup, int LastGroup) : PatternNode;
