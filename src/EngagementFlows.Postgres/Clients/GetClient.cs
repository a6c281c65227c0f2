using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>A client with its engagements.</summary>
/// <param name="Client">The client.</param>
/// <param name="Engagements">The engagements with everybody who takes part, latest first.</param>
public sealed record ClientDetail(Client Client, IReadOnlyList<EngagementSnapshot> Engagements);

/// <summary>Reads one client.</summary>
public sealed class GetClient(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select c.id, c.external_id, c.name, c.industry, c.tier, array(select e.id from engagement e where e.client_id = c.id order by e.id desc), c.erased_at
        from client c
        where c.id = $1
        """;

    /// <summary>Returns the client; <see langword="null"/> if there is none of that id.</summary>
    public async Task<ClientDetail?> ExecuteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await ReadAsync(connection, id, cancellationToken) is not ({ } client, { } engagements))
            return null;
        Dictionary<Guid, EngagementSnapshot> snapshots = await LoadEngagements.ExecuteAsync(connection, engagements, cancellationToken);
        return new(client, [.. engagements.Where(snapshots.ContainsKey).Select(engagement => snapshots[engagement])]);
    }

    private static async Task<(Client? Client, Guid[]? Engagements)> ReadAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(id);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return default;
        Client client = new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.Text(3), reader.GetInt16(4), reader.OptionalInstant(6));
        return (client, reader.GetFieldValue<Guid[]>(5));
    }
}
