namespace EngagementFlows.Scripts;

/// <summary>Everything but the values that an evaluation may depend on: the same context and values give the same result for ever.</summary>
public sealed record ScriptContext
{
    /// <summary>Gets the instant that <c>Date.now()</c> and <c>new Date()</c> read.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Gets the zone of local dates.</summary>
    /// <value>Default UTC.</value>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Gets the seed of <c>Math.random()</c> and new guids; secret of the instance and number of the evaluation.</summary>
    public UInt128 Seed { get; init; }

    /// <summary>Gets the culture of <c>toLocale…</c> when the script names none.</summary>
    /// <value><c>en</c> (default) or <c>zh-CN</c>.</value>
    public string Culture { get; init; } = "en";

    /// <summary>Gets the budgets.</summary>
    public ScriptLimits Limits { get; init; } = ScriptLimits.Default;
}
