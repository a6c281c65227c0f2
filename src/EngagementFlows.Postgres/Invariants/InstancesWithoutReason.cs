namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts running instances that nothing could ever move and that are not marked so.</summary>
internal static class InstancesWithoutReason
{
    // A fact in the inbox is no reason of its own: it is for a wait, for an incident, or comes too late. Lists find the living by these reasons.
    private const string Sql = """
        select count(*), min(i.id::text)
        from instance i
        where i.finished_at is null and i.open_incidents = 0 and not i.is_stalled
          and not exists (select 1 from bookmark b where b.instance_id = i.id)
        """;

    public static Invariant Invariant { get; } = new("without-reason", "Each running instance has a reason to live: a wait or an incident; one with nothing left is marked as stalled.", false, Sql);
}
