namespace EngagementFlows.Postgres.Invariants;

/// <summary>Counts journal rows for whose month no partition stood ready.</summary>
internal static class MisplacedJournal
{
    private const string Sql = """
        select count(*), min(instance_id::text) from journal_default
        """;

    public static Invariant Invariant { get; } = new("misplaced-journal", "The journal lies in the partitions of its months.", true, Sql);
}
