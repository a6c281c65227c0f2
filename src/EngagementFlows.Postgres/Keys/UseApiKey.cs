using Npgsql;

namespace EngagementFlows.Postgres.Keys;

/// <summary>The program behind a key.</summary>
/// <param name="Name">The name that the audit keeps.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ActsFor">Whose tasks it may complete, or <see langword="null"/>.</param>
public sealed record KeyedProgram(string Name, IReadOnlyList<string> Scopes, Guid? ActsFor);

/// <summary>Finds the program of a key at each of its requests, so that a revoked one is refused at once, and keeps when it was last used.</summary>
public sealed class UseApiKey(NpgsqlDataSource dataSource)
{
    // Of many requests in the same instant the first writes; the others find the row changed and leave it.
    private const string Sql = """
        with found as (
          select id, name, scopes, acts_for from api_key
          where secret_hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())
        ), used as (
          update api_key set last_used_at = now()
          from found
          where api_key.id = found.id and (api_key.last_used_at is null or api_key.last_used_at < now() - interval '1 minute')
        )
        select name, scopes, acts_for from found
        """;

    /// <summary>Returns the program; <see langword="null"/> if no live key has this hash.</summary>
    public async Task<KeyedProgram?> ExecuteAsync(byte[] secretHash, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddBytes(secretHash);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.GetString(0), reader.GetFieldValue<string[]>(1), reader.Uuid(2)) : null;
    }
}
