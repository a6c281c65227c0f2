using Npgsql;

namespace EngagementFlows.Postgres.Calendars;

/// <summary>Finds, by engagement, the client's country, the contact's zone, and whether it is the firm's own. Engagements that do not exist are left out.</summary>
internal static class FindClientPlaces
{
    private const string Sql = """
        select e.id, c.country, k.zone, c.is_internal
        from unnest($1::uuid[]) wanted (id)
        join engagement e on e.id = wanted.id
        join client c on c.id = e.client_id
        join contact k on k.id = e.contact_id
        """;

    public static async Task<Dictionary<Guid, (string? Country, string Zone, bool IsInternal)>> ExecuteAsync(NpgsqlConnection connection, Guid[] engagements, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuids(engagements);
        Dictionary<Guid, (string?, string, bool)> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found[reader.GetGuid(0)] = (reader.Text(1), reader.GetString(2), reader.GetBoolean(3));
        return found;
    }
}
