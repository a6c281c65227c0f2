using EngagementFlows.Postgres.Invariants;

namespace EngagementFlows.Postgres.Mail;

/// <summary>Counts mails of the last seven days that were refused or given up.</summary>
internal static class RefusedMails
{
    private const string Sql = """
        select count(*), min(effect_key || ': ' || answer)
        from outbox
        where state = 'rejected' and kind = 'mail' and ended_at > now() - interval '7 days'
        """;

    public static Invariant Invariant { get; } = new("refused-mails", "No mail of the last seven days was refused or given up.", true, Sql);
}
