using System.Collections.Frozen;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Words of the grammar (ECMA-262 §12.7.2); all code is strict.</summary>
internal static class Words
{
    /// <summary>Words that no binding may have as its name.</summary>
    public static FrozenSet<string> Reserved { get; } = new[]
    {
        "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum", "export", "extends",
        "false", "finally", "for", "function", "if", "import", "in", "instanceof", "new", "null", "return", "super", "switch", "this", "throw", "true",
        "try", "typeof", "var", "void", "while", "with", "yield", "let", "static", "implements", "interface", "package", "private", "protected", "public",
    }.ToFrozenSet();

    /// <summary>Words that are tokens of their own; the other reserved words are identifiers with a meaning in some places.</summary>
    public static FrozenDictionary<string, string> Keywords { get; } = new[]
    {
        "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum", "export", "extends",
        "false", "finally", "for", "function", "if", "import", "in", "instanceof", "new", "null", "return", "super", "switch", "this", "throw", "true",
        "try", "typeof", "var", "void", "while", "with",
    }.ToFrozenDictionary(word => word);

    public static FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> KeywordLookup { get; } = Keywords.GetAlternateLookup<ReadOnlySpan<char>>();
}
