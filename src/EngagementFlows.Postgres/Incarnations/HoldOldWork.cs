using Npgsql;

namespace EngagementFlows.Postgres.Incarnations;

/// <summary>Holds what a restored database was about to do: its former life may have done it after the backup was taken. Runs in the restore's transaction.</summary>
internal static class HoldOldWork
{
    // Every effect that has not ended, also one that was being sent; every fact that is due, whatever its kind, for what it leads to may have been sent too.
    private const string Sql = """
        with effects as (
          update outbox
          set state = 'held', held_state = state, lease_owner = null, lease_expires_at = null
          where state in ('pending', 'claimed', 'sending')
          returning kind
        ), facts as (
          update inbox set held_due_at = due_at, due_at = 'infinity' where due_at <= $1 and parked_at is null
          returning 1
        ), schedules as (
          update trigger_schedule set held_due_at = next_due_at, next_due_at = null where next_due_at <= $1
          returning 1
        ), recurring as (
          update recurring_schedule set held_due_at = next_due_at, next_due_at = null where next_due_at <= $1
          returning 1
        ), queued as (
          update schedule_firing set state = 'held' where state = 'queued'
          returning 1
        )
        select (select count(*) from effects where kind = 'mail'), (select count(*) from effects where kind <> 'mail'),
               (select count(*) from facts),
               (select count(*) from schedules) + (select count(*) from recurring) + (select count(*) from queued)
        """;

    public static async Task<HeldWork> ExecuteAsync(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddInstant(now);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }
}
