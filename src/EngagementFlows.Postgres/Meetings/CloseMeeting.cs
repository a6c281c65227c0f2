using EngagementFlows.Engagements.Meetings;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Ends a planned meeting as held, missed or cancelled in the caller's commit; any other stays as it is.</summary>
internal static class CloseMeeting
{
    // Calendars are told of a cancellation by a higher sequence, and of nothing else.
    private const string Sql = """
        update meeting
        set state = $2, closed_at = $3, minutes_task_id = $4, sequence = sequence + case when $2 = 'cancelled' then 1 else 0 end, revision = revision + 1
        where id = $1 and state = 'planned'
        """;

    public static NpgsqlBatchCommand Create(Guid meeting, MeetingState state, DateTimeOffset now, Guid? minutes = null)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(meeting);
        command.Parameters.AddText(state.ToString().ToLowerInvariant());
        command.Parameters.AddInstant(now);
        command.Parameters.AddUuid(minutes);
        return command;
    }
}
