using Npgsql;

namespace EngagementFlows.Postgres.Idempotency;

/// <summary>A stored answer.</summary>
/// <param name="RequestHash">SHA-256 of the request that it answered: another one with the same key is a mistake of the caller.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
public sealed record StoredAnswer(byte[] RequestHash, int Status, byte[] Body);

/// <summary>Finds the answer that was given to a key.</summary>
public static class FindAnswer
{
    private const string Sql = "select request_hash, status, answer from idempotency where caller = $1 and key = $2";

    /// <summary>Returns the answer, or <see langword="null"/> if the key is new.</summary>
    public static async Task<StoredAnswer?> ExecuteAsync(NpgsqlDataSource dataSource, string caller, string key, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(caller);
        command.Parameters.AddText(key);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.GetFieldValue<byte[]>(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)) : null;
    }
}
