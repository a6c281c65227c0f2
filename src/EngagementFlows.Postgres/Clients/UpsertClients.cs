using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Stores staged lines as clients, contacts and engagements; what is there already, by external id, gets the new values and keeps its stage.</summary>
internal static class UpsertClients
{
    // One statement: each part needs the ids that the part before returned. Where a row already is as the file has it, updated_at stays.
    private const string Sql = """
        with line as (
          select * from client_import_line where import_id = $1 and line > $2 and line <= $3
        ),
        the_client as (
          insert into client (id, external_id, name, industry, country, tier, created_at, updated_at)
          select client_id, external_id, client, industry, country, tier, $4, $4 from line
          on conflict (external_id) do update
          set name = excluded.name, industry = excluded.industry, country = excluded.country, tier = excluded.tier,
              updated_at = case when (client.name, client.industry, client.country, client.tier)
                                     is distinct from (excluded.name, excluded.industry, excluded.country, excluded.tier)
                                then excluded.updated_at else client.updated_at end
          returning id, external_id
        ),
        the_contact as (
          insert into contact (id, client_id, external_id, name, email, phone, language, zone, created_at, updated_at)
          select l.contact_id, c.id, l.external_id, l.contact, l.email, l.phone, l.language, l.zone, $4, $4
          from line l join the_client c using (external_id)
          on conflict (external_id) do update
          set name = excluded.name, email = excluded.email, phone = excluded.phone, language = excluded.language, zone = excluded.zone,
              updated_at = case when (contact.name, contact.email, contact.phone, contact.language, contact.zone)
                                     is distinct from (excluded.name, excluded.email, excluded.phone, excluded.language, excluded.zone)
                                then excluded.updated_at else contact.updated_at end
          returning id, client_id, external_id
        )
        insert into engagement (id, client_id, contact_id, external_id, owner_id, architect_id, stage, title, created_at, updated_at)
        select l.engagement_id, k.client_id, k.id, l.external_id, l.owner_id, l.architect_id, 'prospect', l.title, $4, $4
        from line l join the_contact k using (external_id)
        on conflict (external_id) do update
        set owner_id = excluded.owner_id, architect_id = excluded.architect_id, title = excluded.title,
            updated_at = case when (engagement.owner_id, engagement.architect_id, engagement.title)
                                   is distinct from (excluded.owner_id, excluded.architect_id, excluded.title)
                              then excluded.updated_at else engagement.updated_at end
        returning id, client_id, external_id, id in (select engagement_id from line)
        """;

    public static NpgsqlCommand Create(NpgsqlConnection connection, Guid importId, int after, int upTo, DateTimeOffset now)
    {
        NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(importId);
        command.Parameters.AddInteger(after);
        command.Parameters.AddInteger(upTo);
        command.Parameters.AddInstant(now);
        return command;
    }
}
