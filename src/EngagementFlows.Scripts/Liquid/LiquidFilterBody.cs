namespace EngagementFlows.Scripts.Liquid;

/// <summary>A filter of the caller's.</summary>
/// <param name="context">The context of the rendering.</param>
/// <param name="arguments">The value in front of the filter, then its arguments; plain values. Valid during the call only.</param>
/// <returns>A plain value.</returns>
public delegate object? LiquidFilterBody(ScriptContext context, ReadOnlySpan<object?> arguments);
