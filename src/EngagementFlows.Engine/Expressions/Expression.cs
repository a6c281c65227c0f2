namespace EngagementFlows.Engine.Expressions;

/// <summary>An expression of a definition. Shared by all instances; what it is prepared into is kept with it.</summary>
public sealed class Expression
{
    private object? _prepared;

    /// <summary>Creates the expression.</summary>
    /// <param name="kind">The language.</param>
    /// <param name="typeName">The language's name as written in the definition.</param>
    /// <param name="value">The expression itself: text, or a plain value.</param>
    public Expression(ExpressionKind kind, string typeName, object? value)
    {
        Kind = kind;
        TypeName = typeName;
        Value = value;
    }

    /// <summary>Gets the language.</summary>
    public ExpressionKind Kind { get; }

    /// <summary>Gets the language's name as written in the definition.</summary>
    public string TypeName { get; }

    /// <summary>Gets the expression itself: text, or a plain value.</summary>
    public object? Value { get; }

    /// <summary>Gets the expression as text, or <see langword="null"/> if it is none.</summary>
    public string? Text => Value as string;

    /// <summary>Gets whether the value is the same in every evaluation.</summary>
    public bool IsConstant => Kind == ExpressionKind.Literal;

    /// <summary>Returns what the text was prepared into; prepared by the first caller, or by several at once with the same result.</summary>
    internal T Prepared<T>(Func<string, T> prepare)
        where T : class
    {
        if (Volatile.Read(ref _prepared) is T ready)
            return ready;
        T made = prepare(Text ?? string.Empty);
        Volatile.Write(ref _prepared, made);
        return made;
    }
}

/// <summary>The languages of expressions.</summary>
public enum ExpressionKind
{
    /// <summary>The value as it stands.</summary>
    Literal,

    /// <summary>Text, read as JSON where the target is structured.</summary>
    Object,

    /// <summary>A variable by its id.</summary>
    Variable,

    /// <summary>A workflow input by its name.</summary>
    Input,

    /// <summary>JavaScript.</summary>
    JavaScript,

    /// <summary>Liquid.</summary>
    Liquid,

    /// <summary>A language that is not known: evaluating it fails.</summary>
    Unknown,
}
