using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Imports a file of staff: all or nothing, and twice is the same as once. It makes no accounts.</summary>
public sealed class ImportPeople(NpgsqlDataSource dataSource)
{
    /// <summary>Reads and stores the file in one transaction of its own; nothing is stored if the reading has faults.</summary>
    public async Task<PeopleImportReading> ExecuteAsync(ReadOnlyMemory<byte> file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        PeopleImportReading reading = PeopleImport.Read(file.Span);
        if (reading.Faults.Count > 0)
            return reading;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlBatch batch = new(connection);
        batch.BatchCommands.Add(UpsertPeople.Create(reading.People, now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return reading;
    }

    /// <summary>Stores members of staff in the caller's transaction.</summary>
    public static async Task StoreAsync(NpgsqlTransaction transaction, IReadOnlyList<ImportedPerson> people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (people.Count == 0)
            return;
        await using NpgsqlBatch batch = new(transaction.Connection, transaction);
        batch.BatchCommands.Add(UpsertPeople.Create(people, now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
