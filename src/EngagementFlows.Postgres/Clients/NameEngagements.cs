using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Tells what people call some engagements: the client's name and the engagement's title.</summary>
public static class NameEngagements
{
    private const string Sql = """
        select e.id, c.name, e.title
        from engagement e
        join client c on c.id = e.client_id
        where e.id = any($1)
        """;

    /// <summary>Returns the names by id; ids of no engagement are left out. Who may see them is the caller's matter.</summary>
    public static async Task<IReadOnlyDictionary<Guid, (string Client, string Title)>> ExecuteAsync(NpgsqlDataSource dataSource, Guid[] ids, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuids(ids);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<Guid, (string Client, string Title)> names = [];
        while (await reader.ReadAsync(cancellationToken))
            names.Add(reader.GetGuid(0), (reader.GetString(1), reader.GetString(2)));
        return names;
    }
}
