using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Server.Schedules;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary><c>schedule-set</c>: one schedule begins a review of 100,000 engagements, with one statement.</summary>
internal sealed class ScheduleOfASet(BenchDatabase database) : Benchmark
{
    private const int Engagements = 100_000;

    private const string MakeSql = """
        insert into person (id, name, email, roles) values ('0197a000-0000-7000-8000-000000000001', 'Mia', 'mia@firm.example', '{account-manager}') on conflict do nothing;
        insert into client (id, external_id, name, created_at, updated_at) values ('0197a000-0000-7000-8000-000000000002', 'C', 'Client', now(), now()) on conflict do nothing;
        insert into contact (id, client_id, name, email, language, zone, created_at, updated_at)
        values ('0197a000-0000-7000-8000-000000000003', '0197a000-0000-7000-8000-000000000002', 'Wang', 'wang@client.example', 'en', 'UTC', now(), now()) on conflict do nothing;
        insert into engagement (id, client_id, contact_id, owner_id, stage, title, created_at, updated_at)
        select uuidv7(), '0197a000-0000-7000-8000-000000000002', '0197a000-0000-7000-8000-000000000003', '0197a000-0000-7000-8000-000000000001', 'delivery', 'Engagement ' || n, now(), now()
        from generate_series(1, @count) n
        where not exists (select 1 from engagement);
        analyze engagement;
        """;

    public override IReadOnlyList<string> Names => ["schedule-set"];

    public override async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        Rate rate = await database.BesideFloorAsync(() => BeginAsync(cancellationToken), cancellationToken);
        return [new("schedule-set", rate.PerSecond, "starts/s", rate.Ratio, "≥ 1.0")];
    }

    private async Task<double> BeginAsync(CancellationToken cancellationToken)
    {
        await database.SettleAsync(cancellationToken);
        await using FlowsDatabase flows = new(await database.ConnectionStringAsync(cancellationToken));
        await using (NpgsqlCommand make = flows.Queries.CreateCommand(MakeSql.Replace("@count", $"{Engagements}", StringComparison.Ordinal)))
            await make.ExecuteNonQueryAsync(cancellationToken);
        DatabaseClock clock = new(TimeProvider.System);
        CommitSignals signals = new(clock);
        ScheduleFirer firer = new(flows.Queries, clock, signals, TimeZoneInfo.Utc, TimeSpan.FromSeconds(60), NullLogger.Instance);
        ScheduleLoop loop = new(firer, clock, signals, NullLogger.Instance);
        await using QuartzAlarms alarms = new(firer, signals.SchedulesChanged, flows, clock, NullLoggerFactory.Instance);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        DateTimeOffset due = clock.Now + TimeSpan.FromSeconds(3);
        ScheduleReading reading = ScheduleRules.Check(
            new() { Name = "reviews", DefinitionId = "flow", IsForEach = true, Stages = ["delivery"], Kind = "interval", Expression = "1 day", Zone = "UTC", StartsAt = due.ToString("O") }, null, clock.Now);
        await using (NpgsqlConnection connection = await flows.Queries.OpenConnectionAsync(cancellationToken))
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await InsertSchedule.ExecuteAsync(transaction, TimeOrderedId.Create(clock.Now), reading.Settings!, null, reading.Timing!.Next(clock.Now), "benchmark", clock.Now, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        Task running = loop.RunAsync(alarms.SetAsync, stop.Token);
        (double all, _) = await ScheduleStorm.UntilFiredAsync(flows, clock, due, Engagements, cancellationToken);
        await stop.CancelAsync();
        await running;
        return Engagements / all;
    }
}
