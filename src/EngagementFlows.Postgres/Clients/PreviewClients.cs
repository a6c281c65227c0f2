using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>What an import of a file would do.</summary>
/// <param name="Reading">The file, with all its faults.</param>
/// <param name="Made">Clients that are not known yet.</param>
/// <param name="Changed">Clients that are known by their external id and have other values in the file.</param>
/// <param name="Same">Clients that are as the file has them.</param>
public sealed record ClientImportOutlook(ClientImportReading Reading, int Made, int Changed, int Same);

/// <summary>Reads a file of clients and compares it with what is stored; changes nothing.</summary>
public sealed class PreviewClients(NpgsqlDataSource dataSource)
{
    // As for the import: staged lines have no statistics.
    private const string PlanSql = "select set_config('enable_nestloop', 'off', true)";

    private const string Sql = """
        select count(*) filter (where e.id is null)::int,
               count(*) filter (where e.id is not null and (c.name, c.industry, c.country, c.tier, k.name, k.email, k.phone, k.language, k.zone, e.owner_id, e.architect_id, e.title)
                 is distinct from (l.client, l.industry, l.country, l.tier, l.contact, l.email, l.phone, l.language, l.zone, l.owner_id, l.architect_id, l.title))::int
        from client_import_line l
        left join client c on c.external_id = l.external_id
        left join contact k on k.external_id = l.external_id
        left join engagement e on e.external_id = l.external_id
        where l.import_id = $1
        """;

    /// <summary>Reads and compares, in a transaction that is rolled back.</summary>
    public Task<ClientImportOutlook> ExecuteAsync(ReadOnlyMemory<byte> file, DateTimeOffset now, CancellationToken cancellationToken) =>
        ExecuteAsync(file, [], now, cancellationToken);

    /// <summary>Reads and compares as if <paramref name="people"/> were members of staff already, in a transaction that is rolled back.</summary>
    public async Task<ClientImportOutlook> ExecuteAsync(
        ReadOnlyMemory<byte> file, IReadOnlyList<ImportedPerson> people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ImportPeople.StoreAsync(transaction, people, now, cancellationToken);
        List<Person> staff = await ListStaff.ExecuteAsync(connection, cancellationToken);
        ClientImportReading reading = ClientImport.Read(file.Span, staff);
        Guid importId = TimeOrderedId.Create(now);
        await StageClients.ExecuteAsync(connection, importId, reading.Clients, now, cancellationToken);
        await using (NpgsqlCommand plan = new(PlanSql, connection))
            await plan.ExecuteNonQueryAsync(cancellationToken);
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(importId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        int made = reader.GetInt32(0);
        int changed = reader.GetInt32(1);
        return new(reading, made, changed, reading.Clients.Count - made - changed);
    }
}
