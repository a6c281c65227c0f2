using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>Ends all sessions of a person, in all browsers: each request compares its session's stamp with the account's.</summary>
public static class EndSessions
{
    private const string Sql = "update account set session_stamp = $2 where person_id = $1 returning person_id";

    /// <summary>Returns whether the person has an account. Runs in the caller's transaction, with the audit entry.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="person">Whose sessions.</param>
    /// <param name="stamp">A new stamp: 16 bytes of chance.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, Guid person, byte[] stamp, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(person);
        command.Parameters.AddBytes(stamp);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
