using EngagementFlows.Engagements.Promises;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Promises;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Promises;

/// <summary>Clocks of promises, written by the commits of their flows.</summary>
public sealed class ClockTests(PostgresFixture database) : IClassFixture<PostgresFixture>, IAsyncLifetime, IDisposable
{
    private const string InShanghai = "C-1001";

    // A Monday, one hour after the firm opens; its office is in UTC.
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-clocks-").FullName;
    private PlayedHouse _house = null!;

    public async Task InitializeAsync()
    {
        _house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        _house.Clock.Set(Monday);
    }

    public async Task DisposeAsync() => await _house.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(3, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task Clock_OfAFlow_IsKeptIfItIsStoppedInTime(int hours, bool kept)
    {
        await PublishAsync("answer", Start("4 working hours"), Delay(hours), Stop(), Stop());

        Guid instance = await _house.StartAsync("answer", InShanghai);
        Clock running = await ClockAsync(instance);
        running.Should().Match<Clock>(clock => clock.State == ClockState.Running && clock.DueAt == Monday.AddHours(5) && clock.IsKept == null && clock.EngagementId == _house.Engagements[InShanghai].EngagementId);
        await _house.PassAsync(TimeSpan.FromHours(hours + 1));

        Clock stopped = await ClockAsync(instance);
        stopped.Should().Match<Clock>(clock => clock.State == ClockState.Stopped && clock.StoppedAt == Monday.AddHours(hours) && clock.IsKept == kept);
        stopped.Elapsed.Should().Be(TimeSpan.FromHours(hours - 1), "the pause from 12 to 13 does not count");
        (await ScalarAsync("select count(*) from incident where instance_id = $1", instance)).Should().Be(0L);
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Clock_StartedAndStoppedInOneBurst_IsKept()
    {
        await PublishAsync("at-once", Start("4 working hours"), Stop());

        Clock clock = await ClockAsync(await _house.StartAsync("at-once", InShanghai));

        (clock.State, clock.IsKept, clock.Elapsed).Should().Be((ClockState.Stopped, true, TimeSpan.Zero));
    }

    [Fact]
    public async Task Clock_OfACancelledInstance_IsClosed()
    {
        await PublishAsync("answer", Start("4 working hours"), Delay(9), Stop());
        Guid instance = await _house.StartAsync("answer", InShanghai);

        await _house.CancelAsync(instance);

        Clock clock = await ClockAsync(instance);
        (clock.State, clock.StoppedAt, clock.IsKept).Should().Be((ClockState.Closed, Monday, null));
    }

    [Fact]
    public async Task Clock_ThatWasStopped_DoesNotChangeAfterwards()
    {
        await PublishAsync("at-once", Start("4 working hours"), Stop());
        Guid instance = await _house.StartAsync("at-once", InShanghai);

        Func<Task> change = () => ScalarAsync("update clock set is_kept = false where instance_id = $1", instance);

        (await change.Should().ThrowAsync<PostgresException>()).Which.MessageText.Should().Contain("does not change afterwards");
    }

    [Fact]
    public async Task Clock_ByAClass_TakesWhatIsPromisedToTheClientsTier()
    {
        PromiseClassLine urgent = (await new ListPromiseClasses(_house.Queries).FindAsync("urgent", default))!;
        int tier = (short)(await ScalarAsync("select tier from client join engagement on client_id = client.id where engagement.id = $1", _house.Engagements[InShanghai].EngagementId))!;
        (await SaveAsync(urgent.Class with { Tiers = new Dictionary<int, PromiseTimes> { [tier] = new("1 working hour", "3 working hours") } })).Should().BeTrue();
        (await SaveAsync(urgent.Class)).Should().BeFalse("somebody has changed it since");
        await PublishAsync("by-class", Start("", "urgent"), Delay(1), Stop());

        Clock clock = await ClockAsync(await _house.StartAsync("by-class", InShanghai));

        (clock.Class, clock.Limit, clock.DueAt).Should().Be(("urgent", "1 working hour", Monday.AddHours(1)));
    }

    [Fact]
    public async Task Clock_ByAClassThatDoesNotExist_IsAnIncidentThatNamesTheClasses()
    {
        await PublishAsync("by-class", Start("", "grave"), Stop());

        Guid instance = await _house.StartAsync("by-class", InShanghai);

        (await ScalarAsync("select message from incident where instance_id = $1", instance) as string).Should().Contain("no class 'grave'").And.Contain("high, normal, urgent");
        (await ScalarAsync("select count(*) from clock where instance_id = $1", instance)).Should().Be(0L);
    }

    [Fact]
    public async Task Figures_OfClocks_AreCountedByGroupAndPeriod()
    {
        foreach (int hours in (int[])[1, 2, 3, 6])
            await PublishAndStartAsync(hours);
        await PublishAsync("open", Start("4 working hours"), Delay(200), Stop());
        await _house.StartAsync("open", InShanghai);
        await _house.PassAsync(TimeSpan.FromHours(20));
        Guid engagement = _house.Engagements[InShanghai].EngagementId;
        ReadClockFigures read = new(_house.Queries);

        ClockFigures figures = (await read.ExecuteAsync(new(EngagementId: engagement), ClockGrouping.Class, chinese: false, _house.Clock.GetUtcNow(), default)).Single();
        figures.Should().Be(new ClockFigures("answer", "answer", Kept: 3, Missed: 1, Running: 1, Overdue: 1, Closed: 0, Median: TimeSpan.FromHours(2), P95: TimeSpan.FromHours(5)));

        (await read.ExecuteAsync(new(EngagementId: engagement), ClockGrouping.Month, false, _house.Clock.GetUtcNow(), default)).Single().Group.Should().Be("2026-03");
        (await read.ExecuteAsync(new(), ClockGrouping.Owner, false, _house.Clock.GetUtcNow(), default)).Single().Kept.Should().Be(3);
        (await read.ExecuteAsync(new(Until: Monday), ClockGrouping.Engagement, false, _house.Clock.GetUtcNow(), default)).Single().Should().Match<ClockFigures>(one => one.Kept == 0 && one.Running == 1 && one.Group == engagement.ToString("D"));
        (await read.ExecuteAsync(new(OwnerId: Guid.Empty), ClockGrouping.Class, false, null, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task ListClocks_OfAnEngagement_PagesTheLatestFirst()
    {
        for (int i = 0; i < 3; i++)
            await PublishAndStartAsync(1);
        ListClocks list = new(_house.Queries);
        ClocksWanted wanted = new(EngagementId: _house.Engagements[InShanghai].EngagementId, State: ClockState.Running);

        ListPage<ClockLine> first = await list.ExecuteAsync(wanted, null, 2, default);
        ListPage<ClockLine> second = await list.ExecuteAsync(wanted, first.Next, 2, default);

        first.Items.Concat(second.Items).Select(line => line.Clock.Id).Should().HaveCount(3).And.BeInDescendingOrder();
        second.Next.Should().BeNull();
    }

    private async Task PublishAndStartAsync(int hours)
    {
        string id = $"answer-{hours}";
        if (!Directory.Exists(Path.Combine(_folder, id)))
            await PublishAsync(id, Start("4 working hours"), Delay(hours), Stop());
        await _house.StartAsync(id, InShanghai);
    }

    private async Task<bool> SaveAsync(PromiseClass promise)
    {
        await using NpgsqlConnection connection = await _house.Queries.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        bool saved = await SavePromiseClass.ExecuteAsync(transaction, promise, "test", Monday, default);
        await transaction.CommitAsync();
        return saved;
    }

    private async Task<Clock> ClockAsync(Guid instance) => (await new ListClocks(_house.Queries).ExecuteAsync(new(InstanceId: instance), null, 10, default)).Items.Single().Clock;

    // Activities of one definition have different ids.
    private static int _activities;

    private static string Text(string value) => $$"""{ "typeName": "String", "expression": { "type": "Literal", "value": "{{value}}" } }""";

    private static string Start(string limit, string promise = "") =>
        $$"""{ "id": "Start{{Interlocked.Increment(ref _activities)}}", "type": "EngagementFlows.StartClock", "name": {{Text("answer")}}, "limit": {{Text(limit)}}, "class": {{Text(promise)}} }""";

    private static string Stop() => $$"""{ "id": "Stop{{Interlocked.Increment(ref _activities)}}", "type": "EngagementFlows.StopClock", "name": {{Text("answer")}} }""";

    private static string Delay(int hours) =>
        $$"""{ "id": "Delay{{Interlocked.Increment(ref _activities)}}", "type": "Elsa.Delay", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "{{TimeSpan.FromHours(hours)}}" } } }""";

    private async Task PublishAsync(string id, params string[] activities)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, id)).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, $"{id}.json"),
            $$"""{ "definitionId": "{{id}}", "id": "{{id}}-v1", "name": "{{id}}", "version": 1, "root": { "id": "Root", "type": "Elsa.Sequence", "activities": [{{string.Join(",", activities)}}] } }""");
        await _house.PublishAsync(folder);
    }

    private async Task<object?> ScalarAsync(string sql, Guid id)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync();
    }
}
