using System.Diagnostics;
using Npgsql;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary><c>cold-start</c>, <c>http-starts</c>, <c>idle-memory</c>, <c>idle-transactions</c>: the built server, asked from this process.</summary>
internal sealed class ServerBenchmark(BenchDatabase database) : Benchmark
{
    public override IReadOnlyList<string> Names => ["cold-start", "http-starts", "idle-memory", "idle-transactions"];

    public override async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        string folder = ServerProcess.MakeFolder();
        try
        {
            // The first start makes the database; the second is the one that counts.
            await using (ServerProcess first = ServerProcess.Start(folder))
                await first.UntilServingAsync(cancellationToken);
            Stopwatch watch = Stopwatch.StartNew();
            await using ServerProcess server = ServerProcess.Start(folder);
            await server.UntilServingAsync(cancellationToken);
            double coldStart = watch.Elapsed.TotalSeconds;

            (double transactions, double memory) = await IdleAsync(server, cancellationToken);
            // A server runs for weeks: until the hot paths are compiled, the compiler's own work would be measured.
            await StartsAsync(server, TimeSpan.FromSeconds(10), cancellationToken);
            Rate starts = await database.BesideFloorAsync(() => StartsAsync(server, TimeSpan.FromSeconds(5), cancellationToken), cancellationToken);
            return
            [
                new("cold-start", coldStart, "s", null, "≤ 5"),
                new("http-starts", starts.PerSecond, "starts/s", starts.Ratio, "≥ 0.5"),
                new("idle-memory", memory, "MB", null, "≤ 200"),
                new("idle-transactions", transactions, "per s", null, "≤ 1"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<double> StartsAsync(ServerProcess server, TimeSpan time, CancellationToken cancellationToken) => Callers.PerSecondAsync(
        16,
        TimeSpan.Zero,
        time,
        async _ =>
        {
            if (!await server.TryStartAsync(Definitions.Order, cancellationToken))
                throw new InvalidOperationException("The server closed a connection under load.");
        },
        cancellationToken);

    /// <summary>The transactions per second and the working set of a server that nobody asks.</summary>
    private static async Task<(double Transactions, double Memory)> IdleAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        TimeSpan measured = TimeSpan.FromSeconds(30);
        await using NpgsqlDataSource look = NpgsqlDataSource.Create(server.ConnectionString);
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, cancellationToken);
        Costs before = await Costs.TakeAsync(look, cancellationToken);
        await Task.Delay(measured, TimeProvider.System, cancellationToken);
        Costs spent = (await Costs.TakeAsync(look, cancellationToken)).Since(before);
        // One of them is our own look.
        return ((spent.Transactions - 1) / (measured.TotalSeconds + 1.5), server.WorkingSet / 1024.0 / 1024.0);
    }
}
