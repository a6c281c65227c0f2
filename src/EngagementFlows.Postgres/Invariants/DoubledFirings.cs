namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts firings of recurring schedules that came before their instant, or whose instance another firing has made too.</summary>
internal static class DoubledFirings
{
    // The key (schedule, instant) makes a second row impossible; what a second row would have started is looked for here.
    private const string Sql = """
        select count(*), min(schedule_id::text)
        from (
          select schedule_id from schedule_firing where asked_by is null and fired_at < due_at
          union all
          select min(schedule_id::text)::uuid from schedule_firing where instance_id is not null group by instance_id having count(*) > 1
          union all
          select schedule_id from schedule_firing where (state = 'fired') = (instance_id is null and event_id is null and started = 0)
                 and not exists (select 1 from recurring_schedule s where s.id = schedule_id and s.for_each)
        ) wrong
        """;

    public static Invariant Invariant { get; } = new("doubled-firings", "A recurring schedule fires once at each of its instants, never early.", false, Sql);
}
