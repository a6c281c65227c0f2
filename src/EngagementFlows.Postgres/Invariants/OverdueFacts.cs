namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts facts that nobody serves: no worker runs, or it cannot keep up.</summary>
internal static class OverdueFacts
{
    private const string Sql = """
        select count(*), min(instance_id::text) from inbox where due_at < now() - interval '5 minutes'
        """;

    public static Invariant Invariant { get; } = new("overdue-facts", "Due facts are served in time: none is more than five minutes overdue.", true, Sql);
}
