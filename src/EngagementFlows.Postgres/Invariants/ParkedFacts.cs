namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts facts that could not be served after several tries.</summary>
internal static class ParkedFacts
{
    private const string Sql = """
        select count(*), min(instance_id::text) from inbox where parked_at is not null
        """;

    public static Invariant Invariant { get; } = new("parked-facts", "No fact is parked for a person.", true, Sql);
}
