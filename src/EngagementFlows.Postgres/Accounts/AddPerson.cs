using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Accounts;

/// <summary>Adds a member of staff.</summary>
public static class AddPerson
{
    private const string Sql = """
        insert into person (id, name, email, roles, language, zone, phone)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (lower(email)) do nothing
        returning id
        """;

    /// <summary>Returns false if somebody has that mail address. Runs in the caller's transaction, with the audit entry.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, Person person, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(person.Id);
        command.Parameters.AddText(person.Name);
        command.Parameters.AddText(person.Email);
        command.Parameters.AddTexts([.. person.Roles]);
        command.Parameters.AddText(person.Language);
        command.Parameters.AddText(person.Zone);
        command.Parameters.AddText(person.Phone);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
