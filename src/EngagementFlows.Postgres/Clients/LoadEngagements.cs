using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Loads engagements with everybody who takes part.</summary>
internal static class LoadEngagements
{
    private const string Sql = """
        select e.id, e.client_id, e.contact_id, e.owner_id, e.architect_id, e.stage, e.title,
               c.external_id, c.name, c.industry, c.tier,
               k.name, k.email, k.phone, k.language, k.zone,
               o.name, o.email, o.roles, o.language, o.zone, o.phone, o.is_active,
               a.name, a.email, a.roles, a.language, a.zone, a.phone, a.is_active,
               c.erased_at,
               f.kind, f.readers, f.third_id, t.name, t.email, t.roles, t.language, t.zone, t.phone, t.is_active
        from unnest($1::uuid[]) wanted (id)
        join engagement e on e.id = wanted.id
        join client c on c.id = e.client_id
        join contact k on k.id = e.contact_id
        join person o on o.id = e.owner_id
        left join person a on a.id = e.architect_id
        left join internal_engagement f on f.engagement_id = e.id
        left join person t on t.id = f.third_id
        """;

    public static async Task<Dictionary<Guid, EngagementSnapshot>> ExecuteAsync(NpgsqlConnection connection, Guid[] engagements, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuids(engagements);
        Dictionary<Guid, EngagementSnapshot> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            Engagement engagement = new(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetGuid(3), reader.Uuid(4), reader.GetString(5), reader.GetString(6));
            Client client = new(engagement.ClientId, reader.GetString(7), reader.GetString(8), reader.Text(9), reader.GetInt16(10), reader.OptionalInstant(30));
            Contact contact = new(
                engagement.ContactId, engagement.ClientId, reader.GetString(11), reader.GetString(12), reader.Text(13), reader.GetString(14), reader.GetString(15));
            found[engagement.Id] = new(
                engagement,
                client,
                contact,
                PersonRow.Read(reader, engagement.OwnerId, 16),
                engagement.ArchitectId is { } architect ? PersonRow.Read(reader, architect, 23) : null)
            {
                Internal = reader.Text(31) is { } kind
                    ? new(kind, reader.Uuid(33) is { } third ? PersonRow.Read(reader, third, 34) : null, reader.IsDBNull(32) ? null : reader.GetFieldValue<Guid[]>(32))
                    : null,
            };
        }

        return found;
    }
}
