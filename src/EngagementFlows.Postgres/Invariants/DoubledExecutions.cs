namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts activity executions that completed more than once.</summary>
internal static class DoubledExecutions
{
    private const string Sql = """
        select count(*), min(instance_id::text)
        from (
          select j.instance_id, e ->> 'x' as execution
          from journal j cross join lateral json_array_elements(j.entries) e
          where e ->> 'e' = 'Completed' and e ->> 'x' is not null
          group by 1, 2
          having count(*) > 1
        ) doubled
        """;

    public static Invariant Invariant { get; } = new("doubled-executions", "A committed activity never runs again: an activity execution completes once.", false, Sql);
}
