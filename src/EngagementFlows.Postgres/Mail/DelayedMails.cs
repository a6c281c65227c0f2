using EngagementFlows.Postgres.Invariants;

namespace EngagementFlows.Postgres.Mail;

/// <summary>Counts mails that the mail server has not taken yet: it cannot be reached, pauses us, or puts them off.</summary>
internal static class DelayedMails
{
    private const string Sql = """
        select count(*), min(effect_key || ': ' || answer)
        from outbox
        where failing_since is not null and state in ('pending', 'claimed', 'sending') and kind = 'mail'
        """;

    public static Invariant Invariant { get; } = new("delayed-mails", "No mail waits for a mail server that did not take it.", true, Sql);
}
