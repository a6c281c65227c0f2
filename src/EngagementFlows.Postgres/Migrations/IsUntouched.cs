using Npgsql;

namespace EngagementFlows.Postgres.Migrations;

/// <summary>Tells whether a database has nothing but its schema.</summary>
public static class IsUntouched
{
    // Whatever a person or a program does is audited; the rest is what a start of the server writes by itself.
    private const string Sql = """
        select not exists (select from audit) and not exists (select from definition) and not exists (select from person)
          and not exists (select from client) and not exists (select from instance) and not exists (select from mail)
        """;

    /// <summary>Returns whether nobody has stored anything.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
