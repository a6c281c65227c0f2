using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Server.Schedules;
using EngagementFlows.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Server.Tests.Schedules;

/// <summary>The clocks of several processes on one database, each with its own Quartz, connections and signals.</summary>
public sealed class ScheduleClusterTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Clock_NothingScheduled_DoesNotStart()
    {
        await using Process process = new(await postgres.CreateAnotherDatabaseAsync());

        await process.Loop.LookAsync(process.Alarms.SetAsync, CancellationToken.None);

        process.Alarms.IsRunning.Should().BeFalse();
    }

    [Fact]
    public async Task Clock_TwoProcessesAndOneDies_FiresEachInstantOnce()
    {
        string connectionString = await postgres.CreateAnotherDatabaseAsync();
        await using Process survivor = new(connectionString);
        Process dying = new(connectionString);
        Guid id = await survivor.AddAsync("1 second");
        survivor.Run();
        dying.Run();

        await Eventually.TrueAsync(() => survivor.ScalarAsync<bool>("select count(*) >= 3 from schedule_firing"));
        // Whichever is slow to start: the death is of one that takes part.
        await Eventually.BecomesAsync(() => survivor.ScalarAsync<long>("select count(*) from qrtz_scheduler_state"), 2);
        // Without a word to the cluster: its connections are cut and it does nothing more.
        await dying.DieAsync();
        long before = await survivor.ScalarAsync<long>("select count(*) from schedule_firing");
        await Eventually.TrueAsync(() => survivor.ScalarAsync<bool>($"select count(*) >= {before} + 3 from schedule_firing"));

        (await survivor.ScalarAsync<bool>("select count(*) = 1 + extract(epoch from max(due_at) - min(due_at)) from schedule_firing")).Should().BeTrue("each second has its firing");
        (await survivor.ScalarAsync<bool>("select (select count(*) from inbox where kind = 'start') = (select count(*) from schedule_firing)")).Should().BeTrue("each firing has one start");
        (await survivor.ScalarAsync<long>("select count(distinct schedule_id) from schedule_firing")).Should().Be(1);
        id.Should().NotBeEmpty();
    }

    private sealed class Process : IAsyncDisposable
    {
        private readonly FlowsDatabase _database;
        private readonly DatabaseClock _clock = new(TimeProvider.System);
        private readonly CancellationTokenSource _stop = new();
        private readonly NpgsqlDataSource _looks;
        private Task _running = Task.CompletedTask;

        public Process(string connectionString)
        {
            _looks = NpgsqlDataSource.Create(connectionString);
            _database = new(new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "public" }.ConnectionString);
            CommitSignals signals = new(_clock);
            ScheduleFirer firer = new(_database.Queries, _clock, signals, TimeZoneInfo.Utc, TimeSpan.FromSeconds(60), NullLogger.Instance);
            Loop = new(firer, _clock, signals, NullLogger.Instance);
            Alarms = new(firer, signals.SchedulesChanged, _database, _clock, NullLoggerFactory.Instance);
        }

        public ScheduleLoop Loop { get; }

        public QuartzAlarms Alarms { get; }

        public void Run() => _running = Loop.RunAsync(Alarms.SetAsync, _stop.Token);

        public async Task<Guid> AddAsync(string interval, string misfire = "run_all")
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            ScheduleReading reading = ScheduleRules.Check(new() { Name = "clock", DefinitionId = "flow", Kind = "interval", Expression = interval, Zone = "UTC", Misfire = misfire }, null, now);
            await using NpgsqlConnection connection = await _looks.OpenConnectionAsync();
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            Guid id = TimeOrderedId.Create(now);
            await InsertSchedule.ExecuteAsync(transaction, id, reading.Settings!, null, reading.Timing!.Next(now), "test", now, CancellationToken.None);
            await transaction.CommitAsync();
            return id;
        }

        public async Task<T?> ScalarAsync<T>(string sql)
        {
            await using NpgsqlCommand command = _looks.CreateCommand(sql);
            return await command.ExecuteScalarAsync() is T value ? value : default;
        }

        /// <summary>Ends without telling anybody: no connection is left to say good-bye with.</summary>
        public async Task DieAsync()
        {
            await _stop.CancelAsync();
            await _database.DisposeAsync();
            await _running;
            await _looks.DisposeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            await Alarms.DisposeAsync();
            await _database.DisposeAsync();
            await _looks.DisposeAsync();
            _stop.Dispose();
        }
    }
}
