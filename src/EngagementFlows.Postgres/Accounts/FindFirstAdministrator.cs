using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>Tells whether an administrator can sign in, and else who is to become the first.</summary>
public sealed class FindFirstAdministrator(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select person.id, person.email, account.password_hash is not null
        from person
        left join account on account.person_id = person.id
        where 'administrator' = any(person.roles) and person.is_active
        order by (account.password_hash is not null) desc, person.email
        limit 1
        """;

    /// <summary>Returns the administrator and whether he has a password; <see langword="null"/> if nobody has the role.</summary>
    public async Task<(Guid PersonId, string Email, bool HasPassword)?> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetString(1), reader.GetBoolean(2)) : null;
    }
}
