using EngagementFlows.Postgres.Invariants;

namespace EngagementFlows.Postgres.Links;

/// <summary>Counts live links whose step has ended, and answered links without their answer.</summary>
internal static class LooseLinks
{
    // A revoked link leaves its instance waiting for the time-out: that wait is no violation.
    private const string Sql = """
        select count(*), min(id::text)
        from (
          select l.id from link l
          where l.state = 'open' and not exists (select 1 from bookmark b where b.instance_id = l.instance_id and b.id = l.bookmark_id)
          union all
          select l.id from link l
          where l.outcome = 'Answered' and not exists (select 1 from form_answer a where a.id = l.id)
        ) loose
        """;

    public static Invariant Invariant { get; } = new("loose-links", "A link dies with its step, and an answered link has its answer.", false, Sql);
}
