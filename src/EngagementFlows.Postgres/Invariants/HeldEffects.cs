namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts what waits for a person since the database was restored.</summary>
internal static class HeldEffects
{
    private const string Sql = """
        select sum(held)::bigint, min(example)
        from (
          select count(*) as held, min(effect_key) as example from outbox where state = 'held'
          union all
          select count(*), min(instance_id::text) from inbox where held_due_at is not null
          union all
          select count(*), min(definition_id) from trigger_schedule where held_due_at is not null
          union all
          select count(*), min(name) from recurring_schedule where held_due_at is not null
          union all
          select count(*), min(schedule_id::text) from schedule_firing where state = 'held'
        ) waiting
        """;

    public static Invariant Invariant { get; } = new("held-effects", "Nothing of before a restore waits for its release.", true, Sql);
}
