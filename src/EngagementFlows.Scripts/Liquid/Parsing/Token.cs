namespace EngagementFlows.Scripts.Liquid.Parsing;

internal enum TokenKind
{
    Name,
    Text,
    Number,
    Mark,
    End,
}

/// <summary>A word of the markup inside a tag or an output.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The name, the mark as written, or the content of a text.</param>
/// <param name="Number">The value of a number.</param>
/// <param name="Position">Where it stands in the source.</param>
internal readonly record struct Token(TokenKind Kind, string Text, object? Number, int Position)
{
    public bool Is(string mark) => Kind == TokenKind.Mark && Text == mark;

    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;

    /// <summary>Gets how a message quotes it.</summary>
    public string Quoted => Kind == TokenKind.End ? "the end of the tag" : $"'{Text}'";
}
