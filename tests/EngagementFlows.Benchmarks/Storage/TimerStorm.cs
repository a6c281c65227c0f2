using Npgsql;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary><c>timer-storm</c> and <c>timer-lateness-p99</c>: ten thousand Delays that fall due at one instant, the worst that one second can hold.</summary>
internal sealed class TimerStorm(BenchDatabase database) : Benchmark
{
    private const int Timers = 10_000;

    public override IReadOnlyList<string> Names => ["timer-storm", "timer-lateness-p99"];

    public override async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        // A small storm first: it warms the code, the statements and the tables.
        await StormAsync(1_000, TimeSpan.FromSeconds(3), cancellationToken);
        double lateness = 0;
        Rate storm = await database.BesideFloorAsync(
            async () =>
            {
                (double perSecond, double late) = await StormAsync(Timers, TimeSpan.FromSeconds(12), cancellationToken);
                lateness = Math.Max(lateness, late);
                return perSecond;
            },
            cancellationToken);
        return
        [
            new("timer-storm", storm.PerSecond, "finished/s", storm.Ratio, "≥ 2.0"),
            new("timer-lateness-p99", lateness, "s", null, "≤ 1"),
        ];
    }

    private async Task<(double PerSecond, double LatenessP99)> StormAsync(int timers, TimeSpan lead, CancellationToken cancellationToken)
    {
        await database.SettleAsync(cancellationToken);
        await using BenchEngine engine = await database.StartEngineAsync(cancellationToken, Definitions.DelayedJson);
        await using NpgsqlDataSource look = NpgsqlDataSource.Create(await database.ConnectionStringAsync(cancellationToken));
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task running = engine.Engine.RunAsync(stop.Token);

        DateTimeOffset storm = engine.Clock.Now + lead;
        await Callers.EachOnceAsync(
            64,
            timers,
            _ => engine.StartAsync(Definitions.Delayed, null, new() { ["Span"] = storm - engine.Clock.Now }, cancellationToken),
            cancellationToken);
        if (engine.Clock.Now > storm)
            throw new InvalidOperationException($"The {timers} instances were not all started when their first timer fell due; the lead of {lead} is too short for this machine.");

        await UntilFinishedAsync(look, timers, cancellationToken);
        await stop.CancelAsync();
        await running;
        return await ReadAsync(look, storm, timers, cancellationToken);
    }

    private static async Task UntilFinishedAsync(NpgsqlDataSource look, int timers, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand left = look.CreateCommand("select count(*) from bookmark");
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(250));
        while (await left.ExecuteScalarAsync(cancellationToken) is > 0L)
            await pace.WaitForNextTickAsync(cancellationToken);
        await using NpgsqlCommand finished = look.CreateCommand("select count(*) from instance where status = 'finished'");
        if (await finished.ExecuteScalarAsync(cancellationToken) is not long count || count != timers)
            throw new InvalidOperationException("Not every timer came to its end.");
    }

    /// <summary>The rate from the due instant to the last end, and the lateness of the ends.</summary>
    private static async Task<(double PerSecond, double LatenessP99)> ReadAsync(NpgsqlDataSource look, DateTimeOffset storm, int timers, CancellationToken cancellationToken)
    {
        // Ends carry the instant at which their group ran; its commit follows within milliseconds. A Delay counts from its own start, hence the small spread.
        const string sql = """
            select extract(epoch from max(finished_at) - $1)::float8,
                   percentile_cont(0.99) within group (order by extract(epoch from finished_at - $1))::float8
            from instance where status = 'finished'
            """;
        await using NpgsqlCommand command = look.CreateCommand(sql);
        command.Parameters.Add(new() { Value = storm.UtcDateTime });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (timers / reader.GetDouble(0), reader.GetDouble(1));
    }
}
