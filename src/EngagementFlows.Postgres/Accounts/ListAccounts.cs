using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>A member of staff with the state of his account.</summary>
/// <param name="Person">The person.</param>
/// <param name="HasPassword">Whether he can sign in with a password.</param>
/// <param name="LinkExpiresAt">Until when his one-time link opens, or <see langword="null"/> if none is alive.</param>
/// <param name="LockedUntil">Until when too many wrong passwords lock the account, or <see langword="null"/>.</param>
public sealed record AccountLine(Person Person, bool HasPassword, DateTimeOffset? LinkExpiresAt, DateTimeOffset? LockedUntil);

/// <summary>Lists members of staff by name, those who are no longer active last; there are few.</summary>
public sealed class ListAccounts(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select person.id, person.name, person.email, person.roles, person.language, person.zone, person.phone, person.is_active,
               account.password_hash is not null,
               (select max(expires_at) from account_link where account_link.person_id = person.id and used_at is null and expires_at > now()),
               case when account.locked_until > now() then account.locked_until end
        from person
        left join account on account.person_id = person.id
        where $1::uuid is null or person.id = $1
        order by not person.is_active, person.name, person.id
        """;

    /// <summary>Returns all.</summary>
    public Task<IReadOnlyList<AccountLine>> ExecuteAsync(CancellationToken cancellationToken) => ReadAsync(null, cancellationToken);

    /// <summary>Returns one, or <see langword="null"/>.</summary>
    public async Task<AccountLine?> FindAsync(Guid person, CancellationToken cancellationToken) =>
        await ReadAsync(person, cancellationToken) is [AccountLine found] ? found : null;

    private async Task<IReadOnlyList<AccountLine>> ReadAsync(Guid? person, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(person);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<AccountLine> accounts = [];
        while (await reader.ReadAsync(cancellationToken))
            accounts.Add(new(PersonRow.Read(reader, reader.GetGuid(0), 1), reader.GetBoolean(8), reader.OptionalInstant(9), reader.OptionalInstant(10)));
        return accounts;
    }
}
