using EngagementFlows.Engagements.Clients;
using Npgsql;
using NpgsqlTypes;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Puts the lines of a file where statements find them, for the transaction that does it.</summary>
internal static class StageClients
{
    private const string Sql = "delete from client_import_line where import_id = $1";

    /// <summary>Copies the lines; ids for what may have to be made are given here.</summary>
    public static async Task ExecuteAsync(
        NpgsqlConnection connection, Guid importId, IReadOnlyList<ImportedClient> clients, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
            """
            copy client_import_line (import_id, line, client_id, contact_id, engagement_id, external_id, client, industry, country, tier, contact, email, phone, language, zone, title, owner_id, architect_id)
            from stdin (format binary)
            """,
            cancellationToken);
        // In order, since the rows are: at random places of their indexes a hundred thousand of them cost half as much again.
        Guid[][] ids = [.. Enumerable.Range(0, 3).Select(_ => TimeOrderedId.CreateMany(now, clients.Count))];
        for (int row = 0; row < clients.Count; row++)
        {
            ImportedClient client = clients[row];
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(importId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(client.Line, NpgsqlDbType.Integer, cancellationToken);
            foreach (Guid[] column in ids)
                await copy.WriteAsync(column[row], NpgsqlDbType.Uuid, cancellationToken);
            await WriteAsync(copy, client.ExternalId, cancellationToken);
            await WriteAsync(copy, client.Name, cancellationToken);
            await WriteAsync(copy, client.Industry, cancellationToken);
            await WriteAsync(copy, client.Country, cancellationToken);
            await copy.WriteAsync(client.Tier, NpgsqlDbType.Integer, cancellationToken);
            await WriteAsync(copy, client.ContactName, cancellationToken);
            await WriteAsync(copy, client.Email, cancellationToken);
            await WriteAsync(copy, client.Phone, cancellationToken);
            await WriteAsync(copy, client.Language, cancellationToken);
            await WriteAsync(copy, client.Zone, cancellationToken);
            await WriteAsync(copy, client.Engagement, cancellationToken);
            await copy.WriteAsync(client.OwnerId, NpgsqlDbType.Uuid, cancellationToken);
            if (client.ArchitectId is { } architect)
                await copy.WriteAsync(architect, NpgsqlDbType.Uuid, cancellationToken);
            else
                await copy.WriteNullAsync(cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>Deletes the lines again.</summary>
    public static async Task ForgetAsync(NpgsqlConnection connection, Guid importId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(importId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, string? text, CancellationToken cancellationToken) =>
        text is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
}
