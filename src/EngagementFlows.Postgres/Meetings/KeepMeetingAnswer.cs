using EngagementFlows.Engagements.Meetings;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Keeps what the contact answered to an invitation, in the caller's commit. One who declines is not reminded.</summary>
internal static class KeepMeetingAnswer
{
    private const string Sql = """
        update meeting_invitee
        set answer = $2, answered_at = $5, proposed_at = $3, comment = $4
        where meeting_id = $1 and contact_id is not null
        """;

    public static NpgsqlBatchCommand Create(MeetingAnswered answered, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(answered.MeetingId);
        command.Parameters.AddText(MeetingText.Of(answered.Answer));
        command.Parameters.AddInstant(answered.ProposedAt);
        command.Parameters.AddText(answered.Comment);
        command.Parameters.AddInstant(now);
        return command;
    }
}
