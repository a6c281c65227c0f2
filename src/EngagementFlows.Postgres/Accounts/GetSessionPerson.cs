using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>The person behind a session, as of now.</summary>
/// <param name="Id">The person's id.</param>
/// <param name="Name">The name.</param>
/// <param name="Email">The mail address.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Language"><c>en</c> or <c>zh-CN</c>.</param>
/// <param name="Zone">IANA time zone.</param>
/// <param name="Stamp">Changes with the password.</param>
public sealed record SessionPerson(Guid Id, string Name, string Email, IReadOnlyList<string> Roles, string Language, string Zone, ReadOnlyMemory<byte> Stamp);

/// <summary>Reads the person of a session at each of its requests: roles that were taken away end it at once.</summary>
public sealed class GetSessionPerson(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select person.id, person.name, person.email, person.roles, person.language, person.zone, account.session_stamp
        from person
        join account on account.person_id = person.id
        where person.id = $1 and person.is_active and account.password_hash is not null
        """;

    /// <summary>Returns the person, or <see langword="null"/> if he may no longer sign in.</summary>
    public async Task<SessionPerson?> ExecuteAsync(Guid personId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddWithValue(personId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new SessionPerson(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<string[]>(3),
                reader.GetString(4), reader.GetString(5), reader.GetFieldValue<byte[]>(6))
            : null;
    }
}
