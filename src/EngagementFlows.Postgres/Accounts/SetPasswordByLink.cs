using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>Uses a one-time link: the password is set, the link is spent, sessions of an earlier password end.</summary>
public static class SetPasswordByLink
{
    // One statement: of two posts at once the second finds the link spent.
    private const string Sql = """
        with spent as (
            update account_link set used_at = now()
            from person
            where account_link.id = $1 and account_link.used_at is null and account_link.expires_at > now()
                and person.id = account_link.person_id and person.is_active
            returning account_link.person_id
        )
        update account
        set password_hash = $2, password_set_at = now(), session_stamp = $3, failures = 0, locked_until = null
        from spent
        where account.person_id = spent.person_id
        returning account.person_id
        """;

    /// <summary>Returns the person, or <see langword="null"/> if the link opens nothing (any more). Runs in the caller's transaction, with the audit entry.</summary>
    public static async Task<Guid?> ExecuteAsync(
        NpgsqlTransaction transaction, Guid link, string passwordHash, byte[] newStamp, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddWithValue(link);
        command.Parameters.AddWithValue(passwordHash);
        command.Parameters.AddWithValue(newStamp);
        return (Guid?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
