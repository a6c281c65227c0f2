using Npgsql;

namespace EngagementFlows.Postgres.Incarnations;

/// <summary>Lets the timers and other facts that a restore held go on, at the instants that they had. Runs in the caller's transaction, with the audit entry.</summary>
/// <remarks>They are late by then, so workers serve them at the pace of catching up (<c>EngagementFlows:Timers:CatchUpPerSecond</c>).</remarks>
public static class ReleaseHeldFacts
{
    private const string Sql = """
        with facts as (
          update inbox set due_at = held_due_at, held_due_at = null where held_due_at is not null
          returning 1
        ), schedules as (
          -- A version published since then has begun its schedule anew.
          update trigger_schedule set next_due_at = coalesce(next_due_at, held_due_at), held_due_at = null where held_due_at is not null
          returning 1
        ), recurring as (
          -- Missed instants are dealt with by each schedule's own policy.
          update recurring_schedule set next_due_at = case when state = 'active' then coalesce(next_due_at, held_due_at) end, held_due_at = null where held_due_at is not null
          returning 1
        ), queued as (
          update schedule_firing set state = 'queued' where state = 'held'
          returning 1
        )
        select (select count(*) from facts) + (select count(*) from schedules) + (select count(*) from recurring) + (select count(*) from queued)
        """;

    /// <summary>Returns how many were held.</summary>
    public static async Task<long> ExecuteAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
