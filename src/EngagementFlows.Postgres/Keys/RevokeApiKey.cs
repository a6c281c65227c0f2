using Npgsql;

namespace EngagementFlows.Postgres.Keys;

/// <summary>Ends a key for ever.</summary>
public static class RevokeApiKey
{
    private const string Sql = "update api_key set revoked_at = now(), revoked_by = $2 where id = $1 and revoked_at is null returning name";

    /// <summary>Returns the key's name, or <see langword="null"/> if it was dead already. Runs in the caller's transaction, with the audit entry.</summary>
    public static async Task<string?> ExecuteAsync(NpgsqlTransaction transaction, Guid id, string by, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        command.Parameters.AddText(by);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
