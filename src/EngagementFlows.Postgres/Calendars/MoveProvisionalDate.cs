using EngagementFlows.Engagements.Calendars;
using Npgsql;

namespace EngagementFlows.Postgres.Calendars;

/// <summary>Moves a date that was provisional to where it stands now that its year is published, with the timer that ends at it.</summary>
internal static class MoveProvisionalDate
{
    // Nobody is waited for: whoever holds the timer or the instance is about to end or to change what we would move. It is tried again next time.
    private const string TurnSql = """
        select (select count(*) from (select 1 from instance where id = $1 for update skip locked) i),
               (select count(*) from (select 1 from inbox where instance_id = $1 and id = $2 for update skip locked) x),
               exists (select 1 from bookmark where instance_id = $1 and id = $2)
        """;

    private const string MoveSql = """
        with gone as (
          delete from provisional_date where reference_id = $1 and due_at = $2 returning reference_id, instance_id, bookmark_id, kind
        ), tasks as (
          update task t set due_at = $3, revision = revision + 1 from gone g where g.kind = 'task' and t.id = g.reference_id and t.state = 'open'
        ), links as (
          -- A link that is dead already cannot be dated back to before it was made.
          update link l set expires_at = greatest($3, l.issued_at + interval '1 second') from gone g where g.kind = 'link' and l.bookmark_id = g.reference_id and l.instance_id = g.instance_id and l.state = 'open'
        ), clocks as (
          update clock k set due_at = $3, is_provisional = false, calendar_version = $4 from gone g where g.kind = 'clock' and k.id = g.reference_id and k.state = 'running'
        ), waits as (
          update bookmark b set due_at = $3 from gone g where b.instance_id = g.instance_id and b.id = g.bookmark_id
        ), timers as (
          -- A timer that is held since a restore keeps the instant at which it was due.
          update inbox x set due_at = case when x.held_due_at is null then $3 else x.due_at end, held_due_at = case when x.held_due_at is null then null else $3 end
          from gone g where x.instance_id = g.instance_id and x.id = g.bookmark_id and x.kind = 'timer' and x.parked_at is null
        )
        select count(*) from gone
        """;

    /// <summary>Moves it in the caller's transaction; returns whether it was moved. It is not while somebody else is at its instance.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, ProvisionalDate date, CalendarInstant anew, CancellationToken cancellationToken)
    {
        await using (NpgsqlCommand turn = new(TurnSql, transaction.Connection, transaction))
        {
            turn.Parameters.AddUuid(date.InstanceId);
            turn.Parameters.AddUuid(date.BookmarkId);
            await using NpgsqlDataReader reader = await turn.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            if (reader.GetInt64(0) == 0 || (reader.GetBoolean(2) && reader.GetInt64(1) == 0))
                return false;
        }

        await using NpgsqlCommand move = new(MoveSql, transaction.Connection, transaction);
        move.Parameters.AddUuid(date.ReferenceId);
        move.Parameters.AddInstant(date.DueAt);
        move.Parameters.AddInstant(anew.At);
        move.Parameters.AddText(anew.Version);
        return await move.ExecuteScalarAsync(cancellationToken) is 1L;
    }
}
