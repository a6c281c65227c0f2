namespace EngagementFlows.Benchmarks;

/// <summary>One measured figure.</summary>
/// <param name="Name">The name under which it is known in <c>docs/benchmarks.md</c>.</param>
/// <param name="Value">The value.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Ratio">The value over the floor that was taken in the same run, where that says something.</param>
/// <param name="Wanted">What we want, in words.</param>
public sealed record Figure(string Name, double Value, string Unit, double? Ratio = null, string? Wanted = null);
