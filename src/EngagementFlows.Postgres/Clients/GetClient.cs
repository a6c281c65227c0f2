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
        select c.id, c.external_id, c.name, c.industry, c.tier, array(select e.id from engagement e where e.client_id = c.id and engagement_is_open_to(e.id, $2) order by e.id desc), c.erased_at, c.is_internal
        from client c
        where c.id = $1
        """;

    /// <summary>Returns the client with the engagements that the viewer may see; <see langword="null"/> if there is none of that id, or if it is the firm itself and no engagement of it is open to him.</summary>
    /// <param name="id">The client.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <param name="viewer">Who looks; <see langword="null"/> = a program or a stranger, who is shown nothing of closed engagements.</param>
    public async Task<ClientDetail?> ExecuteAsync(Guid id, CancellationToken cancellationToken, Guid? viewer = null)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await ReadAsync(connection, id, viewer, cancellationToken) is not ({ } client, { } engagements))
            return null;
        Dictionary<Guid, EngagementSnapshot> snapshots = await LoadEngagements.ExecuteAsync(connection, engagements, cancellationToken);
        return new(client, [.. engagements.Where(snapshots.ContainsKey).Select(engagement => snapshots[engagement])]);
    }

    private static async Task<(Client? Client, Guid[]? Engagements)> ReadAsync(NpgsqlConnection connection, Guid id, Guid? viewer, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(id);
        command.Parameters.AddUuid(viewer);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return default;
        Client client = new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.Text(3), reader.GetInt16(4), reader.OptionalInstant(6));
        Guid[] engagements = reader.GetFieldValue<Guid[]>(5);
        return reader.GetBoolean(7) && engagements.Length == 0 ? default : (client, engagements);
    }
}
