namespace EngagementFlows.Scripts;

/// <summary>The counted budgets of one evaluation; each one that is spent ends the script with a fault of its own kind.</summary>
public sealed record ScriptLimits
{
    /// <summary>Gets the budgets that apply when the caller names none.</summary>
    public static ScriptLimits Default { get; } = new();

    /// <summary>Gets the number of evaluation steps.</summary>
    /// <value>Default 20,000,000.</value>
    public long Steps { get; init; } = 20_000_000;

    /// <summary>Gets the bytes that the script may allocate in all, counted by the interpreter.</summary>
    /// <value>Default 32 MiB less a reserve: 24 MiB.</value>
    public long AllocatedBytes { get; init; } = 24 * 1024 * 1024;

    /// <summary>Gets the number of calls that may be open at once.</summary>
    /// <value>Default 256.</value>
    public int CallDepth { get; init; } = 256;

    /// <summary>Gets the UTF-16 units of the longest string.</summary>
    /// <value>Default 4,194,304.</value>
    public int StringLength { get; init; } = 4 * 1024 * 1024;

    /// <summary>Gets the items of the longest array.</summary>
    /// <value>Default 1,000,000.</value>
    public int ArrayLength { get; init; } = 1_000_000;

    /// <summary>Gets the UTF-16 units that a template may write, and that <c>print</c> may write.</summary>
    /// <value>Default 1,048,576.</value>
    public int OutputLength { get; init; } = 1024 * 1024;

    /// <summary>Gets the UTF-16 units of the longest source text.</summary>
    /// <value>Default 262,144.</value>
    public int SourceLength { get; init; } = 256 * 1024;

    /// <summary>Gets the depth to which source text and values may nest.</summary>
    /// <value>Default 256.</value>
    public int Nesting { get; init; } = 256;

    /// <summary>Gets the time that one match of a backtracking regular expression may take.</summary>
    /// <value>Default 100 ms.</value>
    public TimeSpan MatchTimeout { get; init; } = TimeSpan.FromMilliseconds(100);
}
