namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts waits for events and requests beside which no timer runs.</summary>
internal static class UnboundedWaits
{
    private const string Sql = """
        select count(*), min(b.instance_id::text)
        from bookmark b
        where b.name in ('Elsa.Event', 'Elsa.HttpEndpoint', 'Elsa.RunTask')
          and not exists (select 1 from bookmark t where t.instance_id = b.instance_id and t.due_at is not null)
        """;

    public static Invariant Invariant { get; } = new("unbounded-waits", "Waits without any way to end by themselves are few and known.", true, Sql);
}
