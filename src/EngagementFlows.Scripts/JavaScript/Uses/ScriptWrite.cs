namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A place where a script hands a value out: to a member of a free name, as in <c>variables.x = 1</c>, or to a function of one, as in <c>setVariable('x', 1)</c> and <c>setX(1)</c>.</summary>
/// <param name="FreeName">The name that only the host knows, as <c>variables</c>, <c>setVariable</c> or <c>setX</c>.</param>
/// <param name="Member">The member that is assigned, or the literal text that the function is handed first; <see langword="null"/> if there is none.</param>
/// <param name="Sources">What the value may be; each way that the text leaves open is one.</param>
/// <param name="IsCertain">Whether it happens at every run: nothing before it decides, returns or throws.</param>
public sealed record ScriptWrite(string FreeName, string? Member, IReadOnlyList<ScriptSource> Sources, bool IsCertain);

/// <summary>What a value in a script may be.</summary>
/// <param name="Kind">What is known of it.</param>
public sealed record ScriptSource(ScriptSourceKind Kind)
{
    /// <summary>Gets the value of a constant: a text, a number, a truth value, or <see langword="null"/>.</summary>
    public object? Constant { get; init; }

    /// <summary>Gets the free name that is read as it is; empty for other kinds.</summary>
    public string FreeName { get; init; } = string.Empty;

    /// <summary>Gets the member that is read of it, or the literal text that its function is handed; <see langword="null"/> if there is none.</summary>
    public string? Member { get; init; }
}

/// <summary>What is known of a value before a script runs.</summary>
public enum ScriptSourceKind
{
    /// <summary>It is written out.</summary>
    Constant,

    /// <summary>It is what a free name gives, unchanged.</summary>
    Read,

    /// <summary>Something computes it.</summary>
    Made,
}
