using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Stores members of staff; one who is there already, by mail address, gets the new values.</summary>
internal static class UpsertPeople
{
    // An imported file never takes a person's access away: roles are added to those that are there.
    private const string Sql = """
        insert into person (id, name, email, roles, language, zone, phone)
        select p.id, p.name, p.email, string_to_array(p.roles, ' '), p.language, p.zone, p.phone
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) p(id, name, email, roles, language, zone, phone)
        on conflict (lower(email)) do update
        set name = excluded.name, language = excluded.language, zone = excluded.zone, phone = excluded.phone,
            roles = (select array_agg(distinct role) from unnest(person.roles || excluded.roles) role)
        """;

    public static NpgsqlBatchCommand Create(IReadOnlyList<ImportedPerson> people, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids([.. people.Select(_ => TimeOrderedId.Create(now))]);
        command.Parameters.AddTexts([.. people.Select(person => person.Name)]);
        command.Parameters.AddTexts([.. people.Select(person => person.Email)]);
        command.Parameters.AddTexts([.. people.Select(person => string.Join(' ', person.Roles))]);
        command.Parameters.AddTexts([.. people.Select(person => person.Language)]);
        command.Parameters.AddTexts([.. people.Select(person => person.Zone)]);
        command.Parameters.AddTexts([.. people.Select(person => person.Phone)]);
        return command;
    }
}
