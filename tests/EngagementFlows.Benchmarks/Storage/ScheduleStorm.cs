using System.Diagnostics;
using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Server.Schedules;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary><c>schedules-registered</c>, <c>schedule-storm</c> and <c>schedule-lateness-p99</c>: ten thousand recurring schedules are made, and fire at one instant, woken by Quartz.</summary>
internal sealed class ScheduleStorm(BenchDatabase database) : Benchmark
{
    private const int Schedules = 10_000;
    private const int Callers16 = 16;

    public override IReadOnlyList<string> Names => ["schedules-registered", "schedule-storm", "schedule-lateness-p99"];

    public override async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await StormAsync(1_000, TimeSpan.FromSeconds(5), cancellationToken);
        List<double> storms = [];
        double lateness = 0;
        Rate registered = await database.BesideFloorAsync(
            async () =>
            {
                (double made, double fired, double late) = await StormAsync(Schedules, TimeSpan.FromSeconds(40), cancellationToken);
                storms.Add(fired);
                lateness = Math.Max(lateness, late);
                return made;
            },
            cancellationToken);
        double storm = storms.Order().ElementAt(storms.Count / 2);
        return
        [
            new("schedules-registered", registered.PerSecond, "schedules/s", registered.Ratio, "told"),
            new("schedule-storm", storm, "inbox rows/s", storm / database.Floor, "≥ 1.0"),
            new("schedule-lateness-p99", lateness, "s", null, "≤ 2"),
        ];
    }

    private async Task<(double Made, double Fired, double LatenessP99)> StormAsync(int count, TimeSpan lead, CancellationToken cancellationToken)
    {
        await database.SettleAsync(cancellationToken);
        await using FlowsDatabase flows = new(await database.ConnectionStringAsync(cancellationToken));
        DatabaseClock clock = new(TimeProvider.System);
        CommitSignals signals = new(clock);
        ScheduleFirer firer = new(flows.Queries, clock, signals, TimeZoneInfo.Utc, TimeSpan.FromSeconds(60), NullLogger.Instance);
        ScheduleLoop loop = new(firer, clock, signals, NullLogger.Instance);
        await using QuartzAlarms alarms = new(firer, signals.SchedulesChanged, flows, clock, NullLoggerFactory.Instance);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        DateTimeOffset now = clock.Now;
        DateTimeOffset storm = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero) + lead;
        long began = Stopwatch.GetTimestamp();
        await Callers.EachOnceAsync(Callers16, count, place => RegisterAsync(flows, clock, place, storm, cancellationToken), cancellationToken);
        double made = count / Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (clock.Now > storm)
            throw new InvalidOperationException($"The {count} schedules were not all made when they fell due; the lead of {lead} is too short for this machine.");
        Task running = loop.RunAsync(alarms.SetAsync, stop.Token);
        (double all, double most) = await UntilFiredAsync(flows, clock, storm, count, cancellationToken);
        await stop.CancelAsync();
        await running;
        return (made, count / all, most);
    }

    private static async Task RegisterAsync(FlowsDatabase flows, DatabaseClock clock, int place, DateTimeOffset storm, CancellationToken cancellationToken)
    {
        ScheduleReading reading = ScheduleRules.Check(
            new() { Name = $"storm {place}", DefinitionId = "flow", CorrelationId = $"E-{place}", Kind = "interval", Expression = "1 day", Zone = "UTC", StartsAt = storm.ToString("O") }, null, clock.Now);
        Guid id = TimeOrderedId.Create(clock.Now);
        await using NpgsqlConnection connection = await flows.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await InsertSchedule.ExecuteAsync(transaction, id, reading.Settings!, null, reading.Timing!.Next(clock.Now), "benchmark", clock.Now, cancellationToken);
        await AppendAudit.ExecuteAsync(transaction, new(AuditEntry.Administration, "benchmark", "ScheduleMade", ScheduleFirer.SubjectOf(id), null), null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Returns how long after the instant all inbox rows, and 99 of 100, could be seen by others: committed, not only written.</summary>
    public static async Task<(double All, double Most)> UntilFiredAsync(FlowsDatabase flows, DatabaseClock clock, DateTimeOffset storm, int count, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand rows = flows.Engine.CreateCommand("select count(*) from inbox where kind = 'start'");
        double most = 0;
        while (true)
        {
            long seen = (long)(await rows.ExecuteScalarAsync(cancellationToken))!;
            double passed = (clock.Now - storm).TotalSeconds;
            if (most == 0 && seen >= count * 0.99)
                most = passed;
            if (seen == count)
                return (passed, most);
            await Task.Delay(TimeSpan.FromMilliseconds(passed < -0.5 ? 200 : 10), cancellationToken);
        }
    }
}
