namespace EngagementFlows.Postgres.Invariants;

/// <summary>A promise about the data, with a query that counts its violations.</summary>
/// <param name="Name">The name, for programs.</param>
/// <param name="Promise">What holds, as a sentence.</param>
/// <param name="IsWarning">Whether a count above zero is worth a look, not a violation.</param>
/// <param name="Sql">Counts; its first column is the number, its second an example or null.</param>
public sealed record Invariant(string Name, string Promise, bool IsWarning, string Sql);

/// <summary>What an invariant's query found.</summary>
/// <param name="Invariant">The invariant.</param>
/// <param name="Violations">How many.</param>
/// <param name="Example">One of them, or <see langword="null"/>.</param>
public sealed record InvariantResult(Invariant Invariant, long Violations, string? Example);
