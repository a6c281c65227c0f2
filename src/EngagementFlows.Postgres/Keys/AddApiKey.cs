using Npgsql;

namespace EngagementFlows.Postgres.Keys;

/// <summary>A key to be stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name that the audit keeps.</param>
/// <param name="SecretHash">SHA-256 of the secret; the secret itself is stored nowhere.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ActsFor">Whose tasks it may complete, or <see langword="null"/>.</param>
/// <param name="ExpiresAt">From when it is dead by itself; <see langword="null"/> = never.</param>
public sealed record NewApiKey(Guid Id, string Name, byte[] SecretHash, IReadOnlyList<string> Scopes, Guid? ActsFor, DateTimeOffset? ExpiresAt);

/// <summary>Stores a key.</summary>
public static class AddApiKey
{
    private const string Sql = """
        insert into api_key (id, name, secret_hash, scopes, acts_for, expires_at, created_by, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, now())
        on conflict (lower(name)) do nothing
        returning id
        """;

    /// <summary>Returns false if the name is taken, by a dead key too. Runs in the caller's transaction, with the audit entry.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, NewApiKey key, string by, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(key.Id);
        command.Parameters.AddText(key.Name);
        command.Parameters.AddBytes(key.SecretHash);
        command.Parameters.AddTexts([.. key.Scopes]);
        command.Parameters.AddUuid(key.ActsFor);
        command.Parameters.AddInstant(key.ExpiresAt);
        command.Parameters.AddText(by);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
