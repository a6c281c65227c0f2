using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Tasks;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Moves the waits that a meeting's time decides, in the transaction of a person who moved it or called it off: that for its end, and that for the contact's answer.</summary>
/// <remarks>Nobody is waited for: a timer that is being served at this moment stays, and its activity reads the meeting itself.</remarks>
internal static class HastenMeetingWaits
{
    private const string Sql = """
        with waits as (
          select b.instance_id, b.id, $3::timestamptz as due_at from bookmark b where b.key = $1 and b.name = $2
          union all
          select t.instance_id, t.id, least(t.due_at, $6)
          from link l
          join bookmark w on w.instance_id = l.instance_id and w.id = l.bookmark_id
          join bookmark t on t.instance_id = w.instance_id and t.execution_id = w.execution_id and t.name = $5
          where l.id = $4
        ), timers as (
          select x.instance_id, x.id, w.due_at
          from inbox x
          join waits w on w.instance_id = x.instance_id and w.id = x.id
          where x.kind = 'timer' and x.parked_at is null
          for update of x skip locked
        ), moved as (
          update bookmark b set due_at = t.due_at from timers t where b.instance_id = t.instance_id and b.id = t.id
        ), links as (
          -- A link that is dead already cannot be dated back to before it was made.
          update link set expires_at = greatest(least(expires_at, $6), issued_at + interval '1 second')
          where bookmark_id = (select bookmark_id from link where id = $4) and state = 'open'
        )
        -- A timer that is held since a restore keeps the instant at which it was due.
        update inbox x
        set due_at = case when x.held_due_at is null then t.due_at else x.due_at end, held_due_at = case when x.held_due_at is null then null else t.due_at end
        from timers t where x.instance_id = t.instance_id and x.id = t.id
        """;

    /// <summary>Returns the command for a batch.</summary>
    /// <param name="meeting">The meeting.</param>
    /// <param name="overAt">When the wait for its end is to look at it.</param>
    /// <param name="link">The link by which the contact was asked, or <see langword="null"/>.</param>
    /// <param name="answerBy">Until when an answer is awaited at most.</param>
    public static NpgsqlBatchCommand Create(Guid meeting, DateTimeOffset overAt, Guid? link, DateTimeOffset answerBy)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddText(meeting.ToString("D"));
        command.Parameters.AddText(CollectMinutes.OverWait);
        command.Parameters.AddInstant(overAt);
        command.Parameters.AddUuid(link);
        command.Parameters.AddText(WaitNames.TimeOut);
        command.Parameters.AddInstant(answerBy);
        return command;
    }
}
