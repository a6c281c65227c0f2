using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Timeline;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>An engagement that an import made or found again.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="ClientId">Its client.</param>
/// <param name="ExternalId">The external id of the file.</param>
/// <param name="IsNew">Whether this import made it.</param>
public sealed record ImportedEngagement(Guid EngagementId, Guid ClientId, string ExternalId, bool IsNew);

/// <summary>What an import of clients came to.</summary>
/// <param name="Engagements">What was stored, in no particular order; empty while there are faults.</param>
/// <param name="Faults">What has to be mended; nothing was stored if there is any.</param>
public sealed record ClientImportResult(IReadOnlyList<ImportedEngagement> Engagements, IReadOnlyList<ImportFault> Faults);

/// <summary>What somebody who watches an import is asked.</summary>
public sealed record ClientImportWatch
{
    /// <summary>Gets members of staff that are stored before the file is read, in the import's transaction.</summary>
    public IReadOnlyList<ImportedPerson> People { get; init; } = [];

    /// <summary>Gets what is told how many lines are stored; nothing of them is committed yet.</summary>
    public Action<int> Stored { get; init; } = _ => { };

    /// <summary>Gets what has the last word, in the import's transaction; <see langword="false"/> = nothing is committed.</summary>
    public Func<NpgsqlTransaction, IReadOnlyList<ImportedEngagement>, CancellationToken, Task<bool>> MayCommit { get; init; } = (_, _, _) => Task.FromResult(true);
}

/// <summary>Imports a file of clients: all or nothing, and twice is the same as once.</summary>
public sealed class ImportClients(NpgsqlDataSource dataSource)
{
    // An import while another one runs would find half of its rows: they follow each other. Staged lines have no statistics, and a planner that takes them for a few
    // joins portions of thousands by nested loops: minutes instead of seconds.
    private const string LockSql = "select pg_advisory_xact_lock(7215301), set_config('enable_nestloop', 'off', true)";

    // Large enough that the statements' own cost vanishes, small enough to show that it goes on.
    private const int Portion = 5_000;

    /// <summary>Reads and stores the file in one transaction of its own.</summary>
    /// <param name="file">CSV by the rules of <see cref="ClientImport"/>.</param>
    /// <param name="by">Who imports, for the timeline.</param>
    /// <param name="now">The instant of the import.</param>
    /// <param name="cancellationToken">Ends the import; nothing is stored then.</param>
    public async Task<ClientImportResult> ExecuteAsync(ReadOnlyMemory<byte> file, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await ExecuteAsync(file, by, now, new ClientImportWatch(), cancellationToken))!;

    /// <summary>Reads and stores the file in one transaction of its own, watched.</summary>
    /// <returns>What it came to, or <see langword="null"/> if <see cref="ClientImportWatch.MayCommit"/> said no.</returns>
    public async Task<ClientImportResult?> ExecuteAsync(
        ReadOnlyMemory<byte> file, string by, DateTimeOffset now, ClientImportWatch watch, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (NpgsqlCommand takeTurn = new(LockSql, connection) { CommandTimeout = 0 })
            await takeTurn.ExecuteNonQueryAsync(cancellationToken);
        await ImportPeople.StoreAsync(transaction, watch.People, now, cancellationToken);
        List<Person> staff = await ListStaff.ExecuteAsync(connection, cancellationToken);
        ClientImportReading reading = ClientImport.Read(file.Span, staff);
        if (reading.Faults.Count > 0)
            return new([], reading.Faults);
        Guid importId = TimeOrderedId.Create(now);
        await StageClients.ExecuteAsync(connection, importId, reading.Clients, now, cancellationToken);
        Guid[] entries = TimeOrderedId.CreateMany(now, reading.Clients.Count);
        List<ImportedEngagement> engagements = [];
        for (int i = 0; i < reading.Clients.Count; i += Portion)
        {
            int upTo = reading.Clients[Math.Min(i + Portion, reading.Clients.Count) - 1].Line;
            List<ImportedEngagement> stored = await StoreAsync(connection, importId, i == 0 ? 0 : reading.Clients[i - 1].Line, upTo, now, cancellationToken);
            await TellTimelineAsync(connection, stored, new ArraySegment<Guid>(entries, i, stored.Count), by, now, cancellationToken);
            engagements.AddRange(stored);
            watch.Stored(engagements.Count);
        }

        await StageClients.ForgetAsync(connection, importId, cancellationToken);
        if (!await watch.MayCommit(transaction, engagements, cancellationToken))
            return null;
        await transaction.CommitAsync(cancellationToken);
        return new(engagements, []);
    }

    private static async Task<List<ImportedEngagement>> StoreAsync(
        NpgsqlConnection connection, Guid importId, int after, int upTo, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<ImportedEngagement> engagements = [];
        await using NpgsqlCommand command = UpsertClients.Create(connection, importId, after, upTo, now);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            engagements.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetBoolean(3)));
        return engagements;
    }

    private static async Task TellTimelineAsync(
        NpgsqlConnection connection, List<ImportedEngagement> engagements, ArraySegment<Guid> ids, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<TimelineRow> rows = [.. engagements.Where(engagement => engagement.IsNew).Select((engagement, at) => new TimelineRow(
            ids[at], engagement.EngagementId, now, "record", "The client was imported", "客户资料已导入", by, null, null))];
        if (rows.Count == 0)
            return;
        await using NpgsqlBatch batch = new(connection);
        batch.BatchCommands.Add(InsertTimelineEntries.Create(rows));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
