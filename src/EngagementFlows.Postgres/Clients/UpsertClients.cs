using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Stores clients, contacts and engagements; what is there already, by external id, gets the new values and keeps its stage.</summary>
internal static class UpsertClients
{
    // One statement: each part needs the ids that the part before returned. Where a row already is as the file has it, updated_at stays.
    private const string Sql = """
        with line as (
          select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                               $11::text[], $12::uuid[], $13::uuid[], $14::uuid[], $15::uuid[])
            l(client_id, external_id, client, industry, tier, contact, email, phone, language, zone, title, owner_id, architect_id, contact_id, engagement_id)
        ),
        the_client as (
          insert into client (id, external_id, name, industry, tier, created_at, updated_at)
          select client_id, external_id, client, industry, tier, $16, $16 from line
          on conflict (external_id) do update
          set name = excluded.name, industry = excluded.industry, tier = excluded.tier,
              updated_at = case when (client.name, client.industry, client.tier) is distinct from (excluded.name, excluded.industry, excluded.tier)
                                then excluded.updated_at else client.updated_at end
          returning id, external_id
        ),
        the_contact as (
          insert into contact (id, client_id, external_id, name, email, phone, language, zone, created_at, updated_at)
          select l.contact_id, c.id, l.external_id, l.contact, l.email, l.phone, l.language, l.zone, $16, $16
          from line l join the_client c using (external_id)
          on conflict (external_id) do update
          set name = excluded.name, email = excluded.email, phone = excluded.phone, language = excluded.language, zone = excluded.zone,
              updated_at = case when (contact.name, contact.email, contact.phone, contact.language, contact.zone)
                                     is distinct from (excluded.name, excluded.email, excluded.phone, excluded.language, excluded.zone)
                                then excluded.updated_at else contact.updated_at end
          returning id, client_id, external_id
        )
        insert into engagement (id, client_id, contact_id, external_id, owner_id, architect_id, stage, title, created_at, updated_at)
        select l.engagement_id, k.client_id, k.id, l.external_id, l.owner_id, l.architect_id, 'prospect', l.title, $16, $16
        from line l join the_contact k using (external_id)
        on conflict (external_id) do update
        set owner_id = excluded.owner_id, architect_id = excluded.architect_id, title = excluded.title,
            updated_at = case when (engagement.owner_id, engagement.architect_id, engagement.title)
                                   is distinct from (excluded.owner_id, excluded.architect_id, excluded.title)
                              then excluded.updated_at else engagement.updated_at end
        returning id, client_id, external_id, id in (select engagement_id from line)
        """;

    public static NpgsqlCommand Create(NpgsqlConnection connection, IReadOnlyList<ImportedClient> clients, DateTimeOffset now)
    {
        NpgsqlCommand command = new(Sql, connection);
        NpgsqlParameterCollection parameters = command.Parameters;
        parameters.AddUuids([.. clients.Select(_ => TimeOrderedId.Create(now))]);
        parameters.AddTexts([.. clients.Select(client => client.ExternalId)]);
        parameters.AddTexts([.. clients.Select(client => client.Name)]);
        parameters.AddTexts([.. clients.Select(client => client.Industry)]);
        parameters.AddIntegers([.. clients.Select(client => client.Tier)]);
        parameters.AddTexts([.. clients.Select(client => client.ContactName)]);
        parameters.AddTexts([.. clients.Select(client => client.Email)]);
        parameters.AddTexts([.. clients.Select(client => client.Phone)]);
        parameters.AddTexts([.. clients.Select(client => client.Language)]);
        parameters.AddTexts([.. clients.Select(client => client.Zone)]);
        parameters.AddTexts([.. clients.Select(client => client.Engagement)]);
        parameters.AddUuids([.. clients.Select(client => client.OwnerId)]);
        parameters.AddUuids([.. clients.Select(client => client.ArchitectId)]);
        parameters.AddUuids([.. clients.Select(_ => TimeOrderedId.Create(now))]);
        parameters.AddUuids([.. clients.Select(_ => TimeOrderedId.Create(now))]);
        parameters.AddInstant(now);
        return command;
    }
}
