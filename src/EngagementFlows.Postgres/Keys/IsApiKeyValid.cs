using Npgsql;

namespace EngagementFlows.Postgres.Keys;

/// <summary>Tells whether a key made in the console still opens anything, by its name; for connections that outlast the request that brought it.</summary>
public sealed class IsApiKeyValid(NpgsqlDataSource dataSource)
{
    private const string Sql = "select exists (select 1 from api_key where lower(name) = lower($1) and revoked_at is null and (expires_at is null or expires_at > now()))";

    /// <summary>Returns whether it does.</summary>
    public async Task<bool> ExecuteAsync(string name, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(name);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
