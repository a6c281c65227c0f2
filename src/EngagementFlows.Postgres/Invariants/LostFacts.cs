namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts ended children whose parent still waits although no fact is on its way.</summary>
internal static class LostFacts
{
    private const string Sql = """
        select count(*), min(c.id::text)
        from instance c
        where c.finished_at is not null and c.parent_bookmark_id is not null
          and exists (select 1 from bookmark b where b.instance_id = c.parent_instance_id and b.id = c.parent_bookmark_id)
          and not exists (select 1 from inbox i where i.instance_id = c.parent_instance_id and i.bookmark_id = c.parent_bookmark_id)
        """;

    public static Invariant Invariant { get; } = new("lost-facts", "No accepted fact is lost: a fact in the inbox reaches its instance, and the end of a child reaches its parent.", false, Sql);
}
