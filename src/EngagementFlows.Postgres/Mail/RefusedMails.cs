using EngagementFlows.Postgres.Invariants;

namespace EngagementFlows.Postgres.Mail;

/// <summary>Counts mails of the last seven days that were refused or given up, and of which no person has decided that it may stay so.</summary>
internal static class RefusedMails
{
    private const string Sql = """
        select count(*), min(effect_key || ': ' || answer)
        from outbox
        where state = 'rejected' and kind = 'mail' and ended_at > now() - interval '7 days' and let_be_at is null
        """;

    public static Invariant Invariant { get; } = new("refused-mails", "No mail of the last seven days that was refused or given up waits for a person.", true, Sql);
}
