using System.Collections.Concurrent;
using System.Diagnostics;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Postgres.Migrations;
using EngagementFlows.Server.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.CrashDrill;

/// <summary>Kills workers at random instants under load, then asks the database whether every acknowledged fact is there and every invariant holds.</summary>
/// <remarks>PostgreSQL runs with its default durability. Kills are SIGKILL; their instants come from the seed.</remarks>
public static class Drill
{
    /// <summary>Runs a drill on an embedded PostgreSQL of its own.</summary>
    public static async Task<DrillReport> RunAsync(int kills, int workers, int seed, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("engagementflows-drill-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        try
        {
            EmbeddedPostgresOptions options = new() { DataFolder = folder, ReachableFolder = Path.Combine(Path.GetTempPath(), "engagementflows-drill-reachable") };
            await using EmbeddedPostgres postgres = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, cancellationToken);
            await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
            await new MigrationRunner(dataSource).RunAsync(cancellationToken);
            ConcurrentDictionary<string, byte> acknowledged = new();
            await Task.WhenAll(Enumerable.Range(0, workers).Select(worker =>
                KillAsync(postgres.ConnectionString, kills / workers, new Chance((ulong)(seed * 1000 + worker)), acknowledged, cancellationToken)));
            await DrainAsync(postgres.ConnectionString, cancellationToken);
            return await JudgeAsync(dataSource, kills, acknowledged, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task KillAsync(string connectionString, int kills, Chance chance, ConcurrentDictionary<string, byte> acknowledged, CancellationToken cancellationToken)
    {
        for (int kill = 0; kill < kills; kill++)
        {
            using Process worker = Start(connectionString, "load");
            Task reading = ReadAsync(worker, acknowledged, out Task ready, cancellationToken);
            await ready.WaitAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(50, 900)), TimeProvider.System, cancellationToken);
            worker.Kill();
            await worker.WaitForExitAsync(cancellationToken);
            await reading;
        }
    }

    private static async Task DrainAsync(string connectionString, CancellationToken cancellationToken)
    {
        using Process worker = Start(connectionString, "drain");
        await worker.StandardOutput.ReadToEndAsync(cancellationToken);
        await worker.WaitForExitAsync(cancellationToken);
        if (worker.ExitCode != 0)
            throw new InvalidOperationException($"The worker that serves what is left ended with code {worker.ExitCode}.");
    }

    private static Task ReadAsync(Process worker, ConcurrentDictionary<string, byte> acknowledged, out Task ready, CancellationToken cancellationToken)
    {
        TaskCompletionSource isReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ready = isReady.Task;
        return Task.Run(
            async () =>
            {
                while (await worker.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
                {
                    if (line == "ready")
                        isReady.TrySetResult();
                    // The last line may be cut by the kill.
                    else if (line.Split(' ') is [_, { Length: 36 }])
                        acknowledged[line] = 0;
                }

                isReady.TrySetException(new InvalidOperationException("A worker ended before it was ready."));
            },
            cancellationToken);
    }

    private static Process Start(string connectionString, string mode)
    {
        string assembly = typeof(Drill).Assembly.Location;
        ProcessStartInfo start = new("dotnet", [assembly, "work", connectionString, mode]) { RedirectStandardOutput = true };
        return Process.Start(start)!;
    }

    private static async Task<DrillReport> JudgeAsync(NpgsqlDataSource dataSource, int kills, ConcurrentDictionary<string, byte> acknowledged, CancellationToken cancellationToken)
    {
        Guid[] started = Ids(acknowledged, "started ");
        Guid[] woken = Ids(acknowledged, "woken ");
        long lost = started.Length - await CountAsync(dataSource, "select count(*) from instance where id = any ($1)", started, cancellationToken)
            + woken.Length - await CountAsync(dataSource, "select count(*) from instance where id = any ($1) and status = 'finished'", woken, cancellationToken);
        Dictionary<string, long> violations = (await InvariantChecks.CountAsync(dataSource, cancellationToken))
            .Where(result => !result.Invariant.IsWarning && result.Violations > 0)
            .ToDictionary(result => result.Invariant.Name, result => result.Violations);
        return new(kills, started.Length, woken.Length, (int)lost, violations);
    }

    private static Guid[] Ids(ConcurrentDictionary<string, byte> acknowledged, string kind) =>
        [.. acknowledged.Keys.Where(line => line.StartsWith(kind, StringComparison.Ordinal)).Select(line => Guid.Parse(line.AsSpan(kind.Length)))];

    private static async Task<long> CountAsync(NpgsqlDataSource dataSource, string sql, Guid[] ids, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = ids });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Chance that a seed repeats (splitmix64).</summary>
    private sealed class Chance(ulong seed)
    {
        private ulong _state = seed;

        public int Next(int from, int to)
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return from + (int)((mixed ^ (mixed >> 31)) % (ulong)(to - from));
        }
    }
}
