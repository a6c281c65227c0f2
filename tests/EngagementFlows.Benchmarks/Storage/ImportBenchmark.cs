using System.Diagnostics;
using System.Globalization;
using System.Text;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Clients;
using Npgsql;
using NpgsqlTypes;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary>The largest file of clients that is taken, imported into an empty house and a second time with other values; beside a bare COPY of the same lines in the same run.</summary>
internal sealed class ImportBenchmark(BenchDatabase database) : Benchmark
{
    private const int Clients = ClientImport.MaxClients;
    private const string Owner = "owner@firm.example";

    public override IReadOnlyList<string> Names => ["import-clients", "import-clients-changed", "import-copy", "import-heap"];

    public override async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(await database.ConnectionStringAsync(cancellationToken));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        byte[] people = Encoding.UTF8.GetBytes($"name,email,roles,language,zone\nOwner,{Owner},account-manager,en,Europe/Berlin\n");
        await new ImportPeople(dataSource).ExecuteAsync(people, now, cancellationToken);
        double copy = await CopyAsync(dataSource, cancellationToken);
        await database.SettleAsync(cancellationToken);
        (double made, long bytes) = await ImportAsync(dataSource, File("Client"), now, cancellationToken);
        await database.SettleAsync(cancellationToken);
        (double changed, _) = await ImportAsync(dataSource, File("Customer"), now, cancellationToken);
        return
        [
            new Figure("import-clients", made, "rows/s", made / copy),
            new Figure("import-clients-changed", changed, "rows/s", changed / copy),
            new Figure("import-copy", copy, "rows/s"),
            new Figure("import-heap", bytes / (1024.0 * 1024), "MiB"),
        ];
    }

    private static async Task<(double PerSecond, long HeapBytes)> ImportAsync(NpgsqlDataSource dataSource, byte[] file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long heap = 0;
        ClientImportWatch watch = new() { Stored = _ => heap = Math.Max(heap, GC.GetTotalMemory(forceFullCollection: false)) };
        long began = Stopwatch.GetTimestamp();
        ClientImportResult result = (await new ImportClients(dataSource).ExecuteAsync(file, "benchmark", now, watch, cancellationToken))!;
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return result.Engagements.Count == Clients
            ? (Clients / seconds, heap)
            : throw new InvalidOperationException($"The benchmark imported {result.Engagements.Count} clients of {Clients}: {string.Join("; ", result.Faults.Take(3))}");
    }

    // The floor: what the database takes to keep the same lines, without ids, keys between tables, comparison and history.
    private static async Task<double> CopyAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, "drop table if exists bench_line; create table bench_line (external_id text primary key, client text, contact text, email text, title text)", cancellationToken);
        long began = Stopwatch.GetTimestamp();
        await using (NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync("copy bench_line from stdin (format binary)", cancellationToken))
        {
            for (int i = 0; i < Clients; i++)
            {
                await copy.StartRowAsync(cancellationToken);
                foreach (string field in new[] { IdOf(i), $"Client {i}", $"Contact {i}", $"contact{i}@client.example", "Office" })
                    await copy.WriteAsync(field, NpgsqlDbType.Text, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        double perSecond = Clients / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await ExecuteAsync(connection, "drop table bench_line", cancellationToken);
        return perSecond;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static byte[] File(string name)
    {
        StringBuilder file = new("external_id,client,contact,email,language,zone,engagement,owner\n");
        for (int i = 0; i < Clients; i++)
            file.Append(CultureInfo.InvariantCulture, $"{IdOf(i)},{name} {i},Contact {i},contact{i}@client.example,en,Europe/Berlin,Office,{Owner}\n");
        return Encoding.UTF8.GetBytes(file.ToString());
    }

    private static string IdOf(int i) => string.Create(CultureInfo.InvariantCulture, $"BENCH-{i}");
}
