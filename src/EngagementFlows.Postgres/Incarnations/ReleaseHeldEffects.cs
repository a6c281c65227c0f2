using Npgsql;

namespace EngagementFlows.Postgres.Incarnations;

/// <summary>Records what a person decided about held effects. Runs in the caller's transaction, with the audit entry.</summary>
public static class ReleaseHeldEffects
{
    private const string ReleaseSql = """
        with released as (
          update outbox set state = 'pending', held_state = null, failing_since = null, due_at = greatest(due_at, coalesce($2, now()))
          where state = 'held' and ($1::uuid[] is null or id = any($1))
          returning 1
        )
        select count(*) from released
        """;

    // Only of mails: an instance waits for the answer of a call, and nobody can say what it was.
    private const string SettleSql = """
        with settled as (
          update outbox set state = 'accepted', held_state = null, ended_at = coalesce($2, now()), answer = 'Marked as sent by a person after a restore.'
          where state = 'held' and kind = 'mail' and ($1::uuid[] is null or id = any($1))
          returning 1
        )
        select count(*) from settled
        """;

    /// <summary>Lets held effects go out now; <paramref name="ids"/> null = all. Returns how many were held.</summary>
    public static Task<long> SendAsync(NpgsqlTransaction transaction, IReadOnlyList<Guid>? ids, DateTimeOffset? now, CancellationToken cancellationToken) =>
        ExecuteAsync(ReleaseSql, transaction, ids, now, cancellationToken);

    /// <summary>Records held mails as sent by the former life; <paramref name="ids"/> null = all. Returns how many were held.</summary>
    public static Task<long> MarkSentAsync(NpgsqlTransaction transaction, IReadOnlyList<Guid>? ids, DateTimeOffset? now, CancellationToken cancellationToken) =>
        ExecuteAsync(SettleSql, transaction, ids, now, cancellationToken);

    private static async Task<long> ExecuteAsync(string sql, NpgsqlTransaction transaction, IReadOnlyList<Guid>? ids, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, transaction.Connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = ids is null ? DBNull.Value : ids.ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.AddInstant(now);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
