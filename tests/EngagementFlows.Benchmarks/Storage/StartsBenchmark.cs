using System.Diagnostics;
using Npgsql;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary><c>starts</c> and what one costs, <c>resumes</c>, and <c>resumes-100k</c>: the engine in process, on real storage.</summary>
internal sealed class StartsBenchmark(BenchDatabase database) : Benchmark
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(4);

    public override IReadOnlyList<string> Names =>
        ["floor", "starts", "starts-64", "resumes", "resumes-64", "start-cpu", "start-wal", "start-transactions", "start-rows", "resumes-100k"];

    public override async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await database.SettleAsync(cancellationToken);
        await using BenchEngine engine = await database.StartEngineAsync(cancellationToken, Definitions.OrderJson);
        await using NpgsqlDataSource look = NpgsqlDataSource.Create(await database.ConnectionStringAsync(cancellationToken));

        // Warm: the JIT, prepared statements, the tables' first pages.
        await StartsAsync(engine, 16, WarmUp, cancellationToken);
        Rate starts = await database.BesideFloorAsync(async () => (await StartsAsync(engine, 16, Measured, cancellationToken)).PerSecond, cancellationToken);
        Costs before = await Costs.TakeAsync(look, cancellationToken);
        (_, long count) = await StartsAsync(engine, 16, Measured, cancellationToken);
        Costs spent = (await Costs.TakeAsync(look, cancellationToken)).Since(before);
        Rate starts64 = await database.BesideFloorAsync(async () => (await StartsAsync(engine, 64, Measured, cancellationToken)).PerSecond, cancellationToken);
        Rate resumes = await database.BesideFloorAsync(() => ResumesAsync(engine, 16, 20_000, cancellationToken), cancellationToken);
        Rate resumes64 = await database.BesideFloorAsync(() => ResumesAsync(engine, 64, 30_000, cancellationToken), cancellationToken);
        return
        [
            new("floor", database.Floor, "inserts/s", 1, ""),
            new("starts", starts.PerSecond, "starts/s", starts.Ratio, "≥ 1.0"),
            new("start-cpu", spent.Processor.TotalMilliseconds / count, "ms", null, "≤ 0.15"),
            new("start-wal", spent.WalBytes / 1024.0 / count, "KB", null, "≤ 3"),
            new("start-transactions", (double)spent.Transactions / count, "per start", null, "≤ 0.125"),
            new("start-rows", (double)spent.Rows / count, "rows", null, "few"),
            new("starts-64", starts64.PerSecond, "starts/s", starts64.Ratio, "≥ 1.5"),
            new("resumes", resumes.PerSecond, "resumes/s", resumes.Ratio, "≥ 0.8"),
            new("resumes-64", resumes64.PerSecond, "resumes/s", resumes64.Ratio, "≥ 1.2"),
            await AmongManyAsync(engine, cancellationToken),
        ];
    }

    // Alone, among many, alone again: the disk of the one is not that of the other.
    private async Task<Figure> AmongManyAsync(BenchEngine engine, CancellationToken cancellationToken)
    {
        await EmptyAsync(cancellationToken);
        double before = await ResumesAsync(engine, 16, 20_000, cancellationToken);
        await Callers.EachOnceAsync(64, 100_000, _ => engine.StartAsync(Definitions.Order, "sleeper", null, cancellationToken), cancellationToken);
        double among = await ResumesAsync(engine, 16, 20_000, cancellationToken);
        await EmptyAsync(cancellationToken);
        double after = await ResumesAsync(engine, 16, 20_000, cancellationToken);
        return new("resumes-100k", among, "resumes/s", among / ((before + after) / 2), "≥ 0.9 of none");
    }

    /// <summary>Keeps the definitions: the engine's snapshot names them.</summary>
    private async Task EmptyAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(await database.ConnectionStringAsync(cancellationToken));
        await using NpgsqlCommand truncate = dataSource.CreateCommand("truncate instance, bookmark, inbox, journal, event; checkpoint");
        await truncate.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<(double PerSecond, long Count)> StartsAsync(BenchEngine engine, int callers, TimeSpan time, CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long count = 0;
        await Callers.PerSecondAsync(
            callers,
            TimeSpan.Zero,
            time,
            async _ =>
            {
                await engine.StartAsync(Definitions.Order, "starts", null, cancellationToken);
                Interlocked.Increment(ref count);
            },
            cancellationToken);
        return (count / watch.Elapsed.TotalSeconds, count);
    }

    /// <summary>Starts instances that wait under keys of their own, then sends each its event and measures that.</summary>
    private static async Task<double> ResumesAsync(BenchEngine engine, int callers, int count, CancellationToken cancellationToken)
    {
        string run = Postgres.TimeOrderedId.Create(engine.Clock.Now).ToString("N");
        await Callers.EachOnceAsync(64, count, number => engine.StartAsync(Definitions.Order, $"{run}-{number}", null, cancellationToken), cancellationToken);
        return await Callers.EachOnceAsync(
            callers,
            count,
            async number =>
            {
                Postgres.Instances.EventResult result = await engine.Engine.Gateway.PublishAsync(
                    new(Postgres.TimeOrderedId.Create(engine.Clock.Now), "Paid", $"{run}-{number}", null, null), null, cancellationToken);
                if (result.Resumed != 1)
                    throw new InvalidOperationException($"The event of '{run}-{number}' reached {result.Resumed} waits.");
            },
            cancellationToken);
    }
}
