using EngagementFlows.Engagements.Meetings;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Moves a planned meeting in the caller's commit; any other stays as it is.</summary>
internal static class ShiftMeeting
{
    // What people answered was about the old time, unless they asked for this one. Who arranged it (the first) comes.
    private const string Sql = """
        with moved as (
          update meeting
          set starts_at = $2, ends_at = $3, place = coalesce($4, place), sequence = sequence + 1, revision = revision + 1
          where id = $1 and state = 'planned'
          returning id
        )
        update meeting_invitee i
        set answer = case when i.proposed_at = $2 then 'accepted' else 'none' end,
            answered_at = case when i.proposed_at = $2 then i.answered_at end,
            proposed_at = null
        from moved
        where i.meeting_id = moved.id and i.position > 1
        """;

    public static NpgsqlBatchCommand Create(MeetingMoved moved)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(moved.MeetingId);
        command.Parameters.AddInstant(moved.StartsAt);
        command.Parameters.AddInstant(moved.EndsAt);
        command.Parameters.AddText(moved.Place);
        return command;
    }
}
