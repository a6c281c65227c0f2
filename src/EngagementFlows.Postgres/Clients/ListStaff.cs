using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Lists all members of staff by name; there are few.</summary>
public sealed class ListStaff(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select id, name, email, roles, language, zone, phone, is_active from person order by name, id
        """;

    private const string PageSql = """
        select id, name, email, roles, language, zone, phone, is_active from person
        where ($1::uuid is null or (name, id) > (select last.name, last.id from person last where last.id = $1))
        order by name, id
        limit $2
        """;

    private const string PlaceSql = "select exists (select 1 from person where id = $1)";

    /// <summary>Returns all, those who are no longer active too.</summary>
    public async Task<IReadOnlyList<Person>> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await ExecuteAsync(connection, cancellationToken);
    }

    /// <summary>Returns the page that begins after a person's id; <see langword="null"/> = the first.</summary>
    /// <exception cref="ListPlaceException">There is no such person.</exception>
    public async Task<ListPage<Person>> PageAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        Guid? place = ListPlace.Id(after);
        await using NpgsqlCommand command = dataSource.CreateCommand(PageSql);
        command.Parameters.AddUuid(place);
        command.Parameters.AddInteger(limit + 1);
        List<Person> people = [];
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                people.Add(PersonRow.Read(reader, reader.GetGuid(0), 1));
        }

        if (people.Count == 0 && place is { } gone && !await IsThereAsync(gone, cancellationToken))
            throw new ListPlaceException(ListPlace.After, after!);
        return ListPage<Person>.Of(people, limit, person => person.Id.ToString("D"));
    }

    private async Task<bool> IsThereAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(PlaceSql);
        command.Parameters.AddUuid(id);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
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
