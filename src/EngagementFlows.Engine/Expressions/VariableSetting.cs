namespace EngagementFlows.Engine.Expressions;

/// <summary>A place where an activity sets a variable.</summary>
/// <param name="IsMadeOfItself">Whether the new value may be computed from the old one; keeping it as it is does not count.</param>
/// <param name="IsConstant">Whether it is the same value at every run, <paramref name="Constant"/>.</param>
/// <param name="Constant">That value; <see langword="null"/> if it is none, or not known before the flow runs.</param>
/// <param name="IsCertain">Whether the activity sets it whenever it runs.</param>
public sealed record VariableSetting(bool IsMadeOfItself, bool IsConstant, object? Constant, bool IsCertain);
