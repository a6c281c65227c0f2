namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts waits whose timer is gone and timers whose wait is gone.</summary>
internal static class EarlyOrLostTimers
{
    private const string Sql = """
        select count(*), min(instance_id::text)
        from (
          select b.instance_id from bookmark b
          where b.due_at is not null and not exists (select 1 from inbox i where i.instance_id = b.instance_id and i.id = b.id)
          union all
          select i.instance_id from inbox i
          where i.kind = 'timer' and not exists (select 1 from bookmark b where b.instance_id = i.instance_id and b.id = i.id)
        ) loose
        """;

    public static Invariant Invariant { get; } = new("lost-timers", "A timer fires once, never early: each wait with an instant has its row in the inbox, each timer row its wait.", false, Sql);
}
