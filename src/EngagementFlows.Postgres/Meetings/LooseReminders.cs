using EngagementFlows.Postgres.Invariants;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Counts reminders that wait to be sent and are not of their meeting as it stands.</summary>
internal static class LooseReminders
{
    private const string Sql = """
        select count(*), min(r.mail_id::text)
        from meeting_reminder r
        join outbox o on o.id = r.mail_id
        join meeting g on g.id = r.meeting_id
        where o.state in ('pending', 'claimed', 'held') and (g.state <> 'planned' or g.sequence <> r.sequence)
        """;

    public static Invariant Invariant { get; } = new("loose-reminders", "A reminder that waits is of its meeting as it stands: one that was moved or called off reminds nobody of what it was.", false, Sql);
}
