using EngagementFlows.Postgres.Invariants;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>Counts open tasks that no instance waits for, and waits for tasks that are not open.</summary>
internal static class LooseTasks
{
    private const string Sql = """
        select count(*), min(id::text)
        from (
          select t.id from task t
          where t.state = 'open' and not exists (select 1 from bookmark b where b.instance_id = t.instance_id and b.id = t.bookmark_id)
          union all
          select b.id from bookmark b
          where b.name = 'EngagementFlows.Task'
            and not exists (select 1 from task t where t.instance_id = b.instance_id and t.bookmark_id = b.id and t.state = 'open')
        ) loose
        """;

    public static Invariant Invariant { get; } = new("loose-tasks", "Each open task is waited for by its instance, and each such wait has its open task.", false, Sql);
}
