using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Stores of which meeting a mail reminds, in the caller's commit, after the mail.</summary>
internal static class InsertMeetingReminder
{
    private const string Sql = """
        insert into meeting_reminder (mail_id, meeting_id, position, sequence, remind_at)
        values ($1, $2, $3, $4, $5)
        on conflict (mail_id) do nothing
        """;

    public static NpgsqlBatchCommand Create(Guid mail, Guid meeting, int position, int sequence, DateTimeOffset remindAt)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(mail);
        command.Parameters.AddUuid(meeting);
        command.Parameters.AddInteger(position);
        command.Parameters.AddInteger(sequence);
        command.Parameters.AddInstant(remindAt);
        return command;
    }
}
