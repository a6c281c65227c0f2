using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>Makes the person who sets up an empty installation. Two processes that start at once make one.</summary>
public sealed class AddFirstAdministrator(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        insert into person (id, name, email, roles, language, zone)
        values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing
        """;

    /// <summary>Runs in a transaction of its own.</summary>
    public async Task ExecuteAsync(
        Guid id, string name, string email, string[] roles, string language, string zone, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(email);
        command.Parameters.AddWithValue(roles);
        command.Parameters.AddWithValue(language);
        command.Parameters.AddWithValue(zone);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
