namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts instances whose journal does not have exactly one row per revision.</summary>
internal static class DoubledTransitions
{
    private const string Sql = """
        select count(*), min(i.id::text)
        from instance i
        join lateral (select count(*) as entries, count(distinct revision) as revisions, max(revision) as latest from journal where instance_id = i.id) j on true
        where j.entries <> j.revisions or j.latest is distinct from i.revision or j.revisions <> i.revision
        """;

    public static Invariant Invariant { get; } = new("doubled-transitions", "A committed transition stands once, and none is missing: the journal of an instance counts from 1 to its revision.", false, Sql);
}
