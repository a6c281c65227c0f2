namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts instances that ended as cancelled or faulted and are not noted so, and those that are noted and did not: lists would lose or invent them.</summary>
internal static class UnnotedEnds
{
    private const string Sql = """
        select count(*), min(coalesce(i.id, n.instance_id)::text)
        from (select id from instance where status in ('cancelled', 'faulted')) i
        full join instance_ended_badly n on n.instance_id = i.id
        where i.id is null or n.instance_id is null
        """;

    public static Invariant Invariant { get; } = new("unnoted-ends", "Each instance that was cancelled or failed for good is noted as such, and no other.", false, Sql);
}
