using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>Looks at a one-time link without using it.</summary>
public sealed class FindAccountLink(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select person.name, person.email
        from account_link
        join person on person.id = account_link.person_id
        where account_link.id = $1 and account_link.used_at is null and account_link.expires_at > now() and person.is_active
        """;

    /// <summary>Returns whose link it is, or <see langword="null"/> if it opens nothing (any more).</summary>
    public async Task<(string Name, string Email)?> ExecuteAsync(Guid link, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddWithValue(link);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetString(1)) : null;
    }
}
