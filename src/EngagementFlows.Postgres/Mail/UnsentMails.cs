using EngagementFlows.Postgres.Invariants;

namespace EngagementFlows.Postgres.Mail;

/// <summary>Counts mails without their row in the outbox, and the other way round.</summary>
internal static class UnsentMails
{
    private const string Sql = """
        select count(*), min(id::text)
        from (
          select m.id from mail m where not exists (select 1 from outbox o where o.id = m.id)
          union all
          select o.id from outbox o where o.kind = 'mail' and not exists (select 1 from mail m where m.id = o.id)
        ) loose
        """;

    public static Invariant Invariant { get; } = new("unsent-mails", "Each mail that was written is on its way or has arrived: it stands in the mailbox and in the outbox.", false, Sql);
}
