using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>Opens an account that too many wrong passwords have locked.</summary>
public static class UnlockAccount
{
    private const string Sql = "update account set failures = 0, locked_until = null where person_id = $1 and locked_until > now() returning person_id";

    /// <summary>Returns whether it was locked. Runs in the caller's transaction, with the audit entry.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, Guid person, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(person);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
