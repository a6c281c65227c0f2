namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts effects of which nobody knows whether the other side took them.</summary>
internal static class UncertainEffects
{
    private const string Sql = """
        select count(*), min(effect_key) from outbox where state = 'uncertain'
        """;

    public static Invariant Invariant { get; } = new("uncertain-effects", "No effect is uncertain: a person has decided about each.", true, Sql);
}
