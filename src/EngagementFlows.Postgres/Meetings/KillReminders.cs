using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Takes back the reminders of a meeting that have not begun to be sent, in the caller's commit: of everybody, or of a contact who declined.</summary>
/// <remarks>Whoever is about to send one holds its row or waits for it: either the reminder went out before this, or it never does.</remarks>
internal static class KillReminders
{
    private const string Sql = """
        update outbox o
        set state = 'rejected', ended_at = $2, let_be_at = $2, lease_owner = null, lease_expires_at = null, held_state = null, failing_since = null, attempt = o.attempt + 1,
            answer = 'Not sent: the meeting was moved, called off or declined, or is over.'
        from meeting_reminder r
        join meeting_invitee i on i.meeting_id = r.meeting_id and i.position = r.position
        where r.meeting_id = $1 and o.id = r.mail_id and o.state in ('pending', 'claimed', 'held') and (not $3 or i.contact_id is not null)
        """;

    public static NpgsqlBatchCommand Create(Guid meeting, bool ofContactAlone, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(meeting);
        command.Parameters.AddInstant(now);
        command.Parameters.AddBoolean(ofContactAlone);
        return command;
    }
}
