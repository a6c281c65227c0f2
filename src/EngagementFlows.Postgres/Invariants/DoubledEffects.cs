namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts effect keys with more than one accepted message; the unique key makes it impossible, this proves it.</summary>
internal static class DoubledEffects
{
    private const string Sql = """
        select count(*), min(effect_key)
        from (select effect_key from outbox where state = 'accepted' group by effect_key having count(*) > 1) doubled
        """;

    public static Invariant Invariant { get; } = new("doubled-effects", "One accepted message per effect key.", false, Sql);
}
