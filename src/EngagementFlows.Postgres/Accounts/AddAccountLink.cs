using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>Stores a one-time link for a person and ends the earlier ones that nobody used; makes the account if there is none.</summary>
public static class AddAccountLink
{
    // The account first, in the same statement: the link refers to it.
    private const string Sql = """
        with made as (
            insert into account (person_id, session_stamp) values ($1, $2)
            on conflict (person_id) do update set person_id = excluded.person_id
            returning person_id
        ), ended as (
            update account_link set used_at = now()
            from made
            where account_link.person_id = made.person_id and account_link.used_at is null
        )
        insert into account_link (id, person_id, expires_at)
        select $3, made.person_id, now() + $4 from made
        returning expires_at, (select a.password_hash is not null from account a where a.person_id = account_link.person_id)
        """;

    /// <summary>Returns when the link ends, and whether the person has a password already. Runs in the caller's transaction, with the audit entry.</summary>
    public static async Task<(DateTimeOffset ExpiresAt, bool HasPassword)> ExecuteAsync(
        NpgsqlTransaction transaction, Guid id, Guid personId, byte[] newStamp, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddWithValue(personId);
        command.Parameters.AddWithValue(newStamp);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(lifetime);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        // An account that this statement makes is not in its snapshot.
        return (reader.Instant(0), !reader.IsDBNull(1) && reader.GetBoolean(1));
    }
}
