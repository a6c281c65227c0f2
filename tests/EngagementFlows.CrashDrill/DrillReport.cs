namespace EngagementFlows.CrashDrill;

/// <summary>What a drill found.</summary>
/// <param name="Kills">The kills.</param>
/// <param name="Started">The starts that were acknowledged.</param>
/// <param name="Woken">The events that were acknowledged.</param>
/// <param name="Lost">Acknowledged facts of which the database knows nothing.</param>
/// <param name="Violations">Invariants with their counts; empty when all hold.</param>
public sealed record DrillReport(int Kills, int Started, int Woken, int Lost, IReadOnlyDictionary<string, long> Violations)
{
    /// <summary>Gets whether nothing was lost and every invariant holds.</summary>
    public bool IsClean => Lost == 0 && Violations.Count == 0;

    /// <inheritdoc/>
    public override string ToString() =>
        $"kills {Kills}, starts acknowledged {Started}, events acknowledged {Woken}, lost {Lost}, violations {(Violations.Count == 0 ? "none" : string.Join(", ", Violations.Select(pair => $"{pair.Key} {pair.Value}")))}"
        + (IsClean && Started > 0 ? $"; with 95 % confidence fewer than {3.0 / Started:P3} of starts are lost" : "");
}
