using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>Takes back the failures of an account whose password was right.</summary>
public sealed class CompleteSignIn(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        update account
        set failures = 0, locked_until = null, password_hash = coalesce($2, password_hash)
        where person_id = $1
        """;

    /// <summary>Clears the count; stores <paramref name="betterHash"/> if the hash that matched was made by older rules.</summary>
    public async Task ExecuteAsync(Guid personId, string? betterHash, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddWithValue(personId);
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = betterHash });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
