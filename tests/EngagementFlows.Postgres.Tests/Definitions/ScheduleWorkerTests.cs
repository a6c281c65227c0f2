using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Definitions;

/// <summary>Timer, Cron and StartAt of published definitions on a real database: each instant starts one instance, whoever serves it and however late.</summary>
public sealed class ScheduleWorkerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task RunOnceAsync_Timer_StartsOnceAtEachInterval()
    {
        await using Played played = await OpenAsync();
        await played.Engine.PublishAsync(Timer("t", "00:10:00"));

        await played.Engine.PassAsync(TimeSpan.FromMinutes(35), Minute);

        (await played.StartsAsync("t")).Should().Equal(10, 20, 30);
    }

    [Theory]
    [InlineData("Elsa.Cron", "cronExpression", "String", "0 */15 * * * *", new[] { 15, 30, 45 })]
    [InlineData("Elsa.StartAt", "dateTime", "DateTimeOffset", "2026-03-02T09:20:00Z", new[] { 20 })]
    [InlineData("Elsa.StartAt", "dateTime", "DateTimeOffset", "2026-03-02T08:20:00Z", new int[0])]
    public async Task RunOnceAsync_CronOrStartAt_StartsAtItsInstants(string type, string input, string typeName, string value, int[] minutes)
    {
        await using Played played = await OpenAsync();
        await played.Engine.PublishAsync(Starting("s", type, input, typeName, value));

        await played.Engine.PassAsync(TimeSpan.FromMinutes(59), Minute);

        (await played.StartsAsync("s")).Should().Equal(minutes);
    }

    [Fact]
    public async Task RunOnceAsync_NobodyServedForLong_StartsTheLatestMissedInstantOnly()
    {
        await using Played played = await OpenAsync();
        await played.Engine.PublishAsync(Timer("t", "00:10:00"));

        played.Engine.Time.Advance(TimeSpan.FromMinutes(47));
        await played.Engine.Engine.ServeDueAsync(default);
        await played.Engine.PassAsync(TimeSpan.FromMinutes(4), Minute);

        (await played.StartsAsync("t")).Should().Equal(47, 50);
        (await played.ScalarAsync<DateTime>("select last_fired_at from trigger_schedule where definition_id = 't'")).Should().Be(new DateTime(2026, 3, 2, 9, 50, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task RunOnceAsync_TwoProcessesAtTheInstant_StartOne()
    {
        await using Played played = await OpenAsync();
        await using PlayedEngine other = new(played.ConnectionString, played.Engine.Time);
        for (int i = 0; i < 20; i++)
            await played.Engine.PublishAsync(Timer($"t{i}", "00:10:00"));
        await other.Catalogue.RefreshAsync(default);

        played.Engine.Time.Advance(TimeSpan.FromMinutes(10));
        int[] fired = await Task.WhenAll(played.Engine.Schedule.RunOnceAsync(default), other.Schedule.RunOnceAsync(default));
        await Task.WhenAll(played.Engine.Engine.ServeDueAsync(default), other.Engine.ServeDueAsync(default));

        fired.Sum().Should().Be(20);
        (await played.ScalarAsync<long>("select count(*) from instance")).Should().Be(20);
        (await played.ScalarAsync<long>("select count(distinct definition_id) from instance")).Should().Be(20);
    }

    [Fact]
    public async Task SyncAsync_NewVersionWithTheSameInterval_KeepsItsInstantAndRunsTheNewVersion()
    {
        await using Played played = await OpenAsync();
        await played.Engine.PublishAsync(Timer("t", "00:10:00"));
        played.Engine.Time.Advance(TimeSpan.FromMinutes(7));

        await played.Engine.PublishAsync(Timer("t", "00:10:00", text: "second"));
        await played.Engine.PassAsync(TimeSpan.FromMinutes(5), Minute);

        (await played.StartsAsync("t")).Should().Equal(10);
        (await played.ScalarAsync<int>("select version from instance")).Should().Be(2);
    }

    [Fact]
    public async Task SyncAsync_NewVersionWithAnotherInterval_BeginsAnew()
    {
        await using Played played = await OpenAsync();
        await played.Engine.PublishAsync(Timer("t", "00:10:00"));
        played.Engine.Time.Advance(TimeSpan.FromMinutes(7));

        await played.Engine.PublishAsync(Timer("t", "00:05:00"));
        await played.Engine.PassAsync(TimeSpan.FromMinutes(10), Minute);

        (await played.StartsAsync("t")).Should().Equal(12, 17);
    }

    [Fact]
    public async Task SyncAsync_VersionThatIsRetractedOrHasNoTriggerAnyMore_EndsTheSchedule()
    {
        await using Played played = await OpenAsync();
        await played.Engine.PublishAsync(Timer("gone", "00:10:00"));
        await played.Engine.PublishAsync(Timer("changed", "00:10:00"));
        await played.ExecuteAsync("update definition set state = 'retired' where definition_id = 'gone'");
        await played.Engine.PublishAsync(PlayedEngine.Definition("changed", """{ "id": "Line", "type": "Elsa.WriteLine" }"""));

        await played.Engine.PassAsync(TimeSpan.FromMinutes(30), Minute);

        (await played.ScalarAsync<long>("select count(*) from instance")).Should().Be(0);
        (await played.ScalarAsync<long>("select count(*) from trigger_schedule")).Should().Be(0);
    }

    [Fact]
    public async Task SyncAsync_ProcessThatHasNotHeardOfThePublication_TakesNothingBack()
    {
        await using Played played = await OpenAsync();
        await played.Engine.PublishAsync(Timer("t", "00:10:00"));
        await using PlayedEngine stale = new(played.ConnectionString, played.Engine.Time);
        await stale.Catalogue.RefreshAsync(default);
        await played.Engine.PublishAsync(Timer("t", "00:20:00"));
        await played.Engine.PublishAsync(Timer("new", "00:10:00"));

        await stale.Schedule.SyncAsync(default);
        await played.Engine.PassAsync(TimeSpan.FromMinutes(21), Minute);

        (await played.StartsAsync("t")).Should().Equal(20);
        (await played.StartsAsync("new")).Should().Equal(10, 20);
    }

    [Fact]
    public async Task SyncAsync_SameIdInTwoContainersOrAnEndlessInterval_KeepsNobodyElseFromItsSchedule()
    {
        await using Played played = await OpenAsync();
        const string timer = """{ "id": "Timer", "type": "Elsa.Timer", "interval": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "00:10:00" } }, "customProperties": { "canStartWorkflow": true } }""";
        await played.Engine.PublishAsync(PlayedEngine.Definition(
            "twice", $$"""{ "id": "Main", "type": "Elsa.Parallel", "activities": [ { "id": "A", "type": "Elsa.Sequence", "activities": [ {{timer}} ] }, { "id": "B", "type": "Elsa.Sequence", "activities": [ {{timer}} ] } ] }"""));
        await played.Engine.PublishAsync(Timer("endless", "9999999.00:00:00"));
        await played.Engine.PublishAsync(Timer("t", "00:10:00"));

        await played.Engine.PassAsync(TimeSpan.FromMinutes(10), Minute);

        (await played.StartsAsync("t")).Should().Equal(10);
        (await played.StartsAsync("twice")).Should().Equal(10);
        (await played.StartsAsync("endless")).Should().BeEmpty();
    }

    [Fact]
    public async Task RunOnceAsync_SingletonThatStillRuns_StartsNoSecond()
    {
        await using Played played = await OpenAsync();
        await played.Engine.PublishAsync(Timer("t", "00:10:00", options: """{ "activationStrategyType": "Elsa.Workflows.ActivationValidators.SingletonStrategy, Elsa.Workflows.Core" }""", waits: true));

        await played.Engine.PassAsync(TimeSpan.FromMinutes(35), Minute);

        (await played.StartsAsync("t")).Should().Equal(10);
        (await played.ScalarAsync<long>("select count(*) from inbox")).Should().Be(0, "a refused start is not kept");
    }

    private static string Timer(string id, string interval, string text = "first", string options = "{}", bool waits = false) =>
        Starting(id, "Elsa.Timer", "interval", "TimeSpan", interval, text, options, waits);

    private static string Starting(string id, string type, string input, string typeName, string value, string text = "first", string options = "{}", bool waits = false) => PlayedEngine.Definition(
        id,
        $$"""
        { "id": "Main", "type": "Elsa.Sequence", "activities": [
          { "id": "Trigger", "type": "{{type}}", "{{input}}": { "typeName": "{{typeName}}", "expression": { "type": "Literal", "value": "{{value}}" } }, "customProperties": { "canStartWorkflow": true } },
          { "id": "Line", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "{{text}}" } } }
          {{(waits ? """, { "id": "Wait", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Never" } } }""" : "")}} ] }
        """,
        options);

    private async Task<Played> OpenAsync()
    {
        string connectionString = await postgres.CreateAnotherDatabaseAsync();
        return new(connectionString, new PlayedEngine(connectionString, new TestClock()));
    }

    private sealed record Played(string ConnectionString, PlayedEngine Engine) : IAsyncDisposable
    {
        private readonly NpgsqlDataSource _looks = NpgsqlDataSource.Create(ConnectionString);

        /// <summary>Returns the minutes after nine at which instances of a definition began.</summary>
        public async Task<IReadOnlyList<int>> StartsAsync(string definition) =>
            await ScalarAsync<int[]>($"select coalesce(array_agg((extract(epoch from created_at - timestamptz '2026-03-02 09:00+00') / 60)::int order by created_at), '{{}}') from instance where definition_id = '{definition}'") ?? [];

        public async Task<T?> ScalarAsync<T>(string sql)
        {
            await using NpgsqlCommand command = _looks.CreateCommand(sql);
            return (T?)await command.ExecuteScalarAsync();
        }

        public async Task ExecuteAsync(string sql)
        {
            await using NpgsqlCommand command = _looks.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Engine.DisposeAsync();
            await _looks.DisposeAsync();
        }
    }
}
