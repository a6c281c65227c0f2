namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Kinds of tokens (ECMA-262 §12).</summary>
internal enum TokenKind : byte
{
    End,
    Identifier,
    Keyword,
    PrivateName,
    Number,
    BigInt,
    String,
    Backtick,
    Punctuator,
}

/// <summary>A token; for punctuators and words <see cref="Text"/> is one string object per spelling.</summary>
internal struct Token
{
    public TokenKind Kind;
    public bool AfterLineTerminator;

    /// <summary>Whether a word or string holds an escape: such a word is never a keyword, such a string no directive.</summary>
    public bool HasEscape;
    public int Start;
    public int End;
    public string Text;
    public double Number;

    public readonly bool Is(string punctuator) => Kind == TokenKind.Punctuator && ReferenceEquals(Text, punctuator);

    public readonly bool IsKeyword(string word) => Kind == TokenKind.Keyword && ReferenceEquals(Text, word);

    public readonly bool IsWord(string word) => Kind == TokenKind.Identifier && !HasEscape && Text == word;
}

/// <summary>A fault in the source text; ends the statement that is being parsed.</summary>
internal sealed class SyntaxException(string message, int position) : Exception(message)
{
    public int Position { get; } = position;
}
