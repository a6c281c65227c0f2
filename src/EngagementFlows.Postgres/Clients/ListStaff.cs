using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Lists all members of staff by name; there are few.</summary>
public sealed class ListStaff(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select id, name, email, roles, language, zone, phone, is_active from person order by name, id
        """;

    /// <summary>Returns all, those who are no longer active too.</summary>
    public async Task<IReadOnlyList<Person>> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await ExecuteAsync(connection, cancellationToken);
    }

    internal static async Task<List<Person>> ExecuteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        List<Person> people = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            people.Add(PersonRow.Read(reader, reader.GetGuid(0), 1));
        return people;
    }
}
