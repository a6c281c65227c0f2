using Npgsql;

namespace EngagementFlows.Postgres.Hooks;

/// <summary>Makes, changes and removes hooks. Runs in the caller's transaction.</summary>
public static class ChangeHook
{
    private const string AddSql = """
        insert into hook (name, event_name, correlation_path, secret, created_at, created_by, changed_at, changed_by)
        values ($1, $2, $3, $4, $5, $6, $5, $6)
        on conflict (name) do nothing
        """;

    private const string Sql = """
        update hook
        set event_name = coalesce($3, event_name), correlation_path = case when $4 then $5 else correlation_path end,
            state = coalesce($6, state), secret = coalesce($7, secret), revision = revision + 1, changed_at = $8, changed_by = $9
        where name = $1 and ($2::bigint is null or revision = $2)
        """;

    private const string RemoveSql = "delete from hook where name = $1 and ($2::bigint is null or revision = $2)";

    /// <summary>Stores a new hook with its sealed secret; returns whether the name was free.</summary>
    public static async Task<bool> AddAsync(
        NpgsqlTransaction transaction, string name, string eventName, string? correlationPath, string secret, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(AddSql, transaction.Connection, transaction);
        command.Parameters.AddText(name);
        command.Parameters.AddText(eventName);
        command.Parameters.AddText(correlationPath);
        command.Parameters.AddText(secret);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(by);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Changes what is given; returns whether it was there in that revision (<see langword="null"/> = any).</summary>
    public static async Task<bool> ExecuteAsync(
        NpgsqlTransaction transaction, string name, long? revision, HookChange change, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddText(name);
        command.Parameters.AddBigint(revision);
        command.Parameters.AddText(change.EventName);
        command.Parameters.AddBoolean(change.SetsCorrelationPath);
        command.Parameters.AddText(change.CorrelationPath);
        command.Parameters.AddText(change.State);
        command.Parameters.AddText(change.Secret);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(by);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Removes it; returns whether it was there in that revision (<see langword="null"/> = any).</summary>
    public static async Task<bool> RemoveAsync(NpgsqlTransaction transaction, string name, long? revision, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(RemoveSql, transaction.Connection, transaction);
        command.Parameters.AddText(name);
        command.Parameters.AddBigint(revision);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}

/// <summary>What changes of a hook; <see langword="null"/> = stays.</summary>
/// <param name="EventName">The event that a message becomes.</param>
/// <param name="SetsCorrelationPath">Whether <paramref name="CorrelationPath"/> is meant, also when it is <see langword="null"/>.</param>
/// <param name="CorrelationPath">Where the business key stands.</param>
/// <param name="State"><c>active</c> or <c>paused</c>.</param>
/// <param name="Secret">A new secret, sealed.</param>
public sealed record HookChange(string? EventName = null, bool SetsCorrelationPath = false, string? CorrelationPath = null, string? State = null, string? Secret = null);
