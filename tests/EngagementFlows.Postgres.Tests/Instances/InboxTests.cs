using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Inbox;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Instances;

public sealed class InboxTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task RunOnceAsync_TimerBeforeAndAfterItsInstant_FiresOnceAndNeverEarly()
    {
        TestClock time = new();
        await using TinyEngine engine = new(postgres.ConnectionString, time);
        Guid id = await engine.StartAsync("delay:60");

        time.Advance(TimeSpan.FromSeconds(59));
        await engine.Engine.ServeDueAsync(CancellationToken.None);
        (await GetInstance.ExecuteAsync(postgres.DataSource, id, CancellationToken.None))!.Status.Should().Be(InstanceStatus.Suspended);

        time.Advance(TimeSpan.FromSeconds(1));
        await engine.Engine.ServeDueAsync(CancellationToken.None);
        (await GetInstance.ExecuteAsync(postgres.DataSource, id, CancellationToken.None))!.Status.Should().Be(InstanceStatus.Finished);
        (await postgres.ScalarAsync<long>("select count(*) from inbox where instance_id = $1", id)).Should().Be(0);
    }

    [Fact]
    public async Task RunOnceAsync_FourWorkersAndManyTimers_EachFiresOnce()
    {
        TestClock time = new();
        await using TinyEngine first = new(postgres.ConnectionString, time);
        await using TinyEngine second = new(postgres.ConnectionString, time);
        Guid[] ids = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => first.StartAsync("delay:30")));
        time.Advance(TimeSpan.FromSeconds(31));

        await Task.WhenAll(first.Engine.ServeDueAsync(CancellationToken.None), second.Engine.ServeDueAsync(CancellationToken.None));

        (await postgres.ScalarAsync<long>("select count(*) from instance where id = any($1) and revision = 2 and status = 'finished'", ids)).Should().Be(1000);
        (await postgres.ScalarAsync<long>("select count(*) from journal where instance_id = any($1)", ids)).Should().Be(2000);
    }

    [Fact]
    public async Task RunOnceAsync_VeryLateRows_AreReleasedAtTheSetPace()
    {
        TestClock time = new();
        await using TinyEngine engine = new(postgres.ConnectionString, time, new() { Inbox = new() { CatchUpPerSecond = 10 } });
        Guid[] ids = await Task.WhenAll(Enumerable.Range(0, 35).Select(_ => engine.StartAsync("delay:5")));
        time.Advance(TimeSpan.FromMinutes(10));

        List<long> served = [];
        for (int second = 0; second < 4; second++)
        {
            await engine.Engine.ServeDueAsync(CancellationToken.None);
            served.Add(await postgres.ScalarAsync<long>("select count(*) from instance where id = any($1) and status = 'finished'", ids));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        served.Should().Equal(10, 20, 30, 35);
    }

    [Fact]
    public async Task RunOnceAsync_PoisonAmongDueFacts_IsParkedAndTheOthersAreServed()
    {
        TestClock time = new();
        await using TinyEngine engine = new(postgres.ConnectionString, time);
        List<Guid> good = [];
        for (int i = 0; i < 20; i++)
        {
            Guid id = engine.NewId();
            good.Add(id);
            await engine.Gateway.EnqueueAsync(new StartRequested(id, "done"), null, null, CancellationToken.None);
        }

        Guid poisoned = engine.NewId();
        await engine.Gateway.EnqueueAsync(new StartRequested(poisoned, "poison"), null, null, CancellationToken.None);
        for (int i = 0; i < 4; i++)
        {
            await engine.Engine.ServeDueAsync(CancellationToken.None);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        (await postgres.ScalarAsync<long>("select count(*) from instance where id = any($1)", good.ToArray())).Should().Be(20);
        (await ListParkedFacts.ExecuteAsync(postgres.DataSource, 10, CancellationToken.None)).Should().Contain(fact => fact.InstanceId == poisoned && fact.Failures == 4);
    }

    [Fact]
    public async Task RunOnceAsync_SeveralFactsOfOneInstance_AreServedInTheirOrder()
    {
        TestClock time = new();
        await using TinyEngine engine = new(postgres.ConnectionString, time);
        Guid id = engine.NewId();
        await engine.Gateway.EnqueueAsync(new StartRequested(id, "loop"), null, null, CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(5));
        await engine.Gateway.EnqueueAsync(new CancelRequested(id, null, null), null, null, CancellationToken.None);

        await engine.Engine.ServeDueAsync(CancellationToken.None);

        (await GetInstance.ExecuteAsync(postgres.DataSource, id, CancellationToken.None))!.Status.Should().Be(InstanceStatus.Cancelled);
    }

    [Fact]
    public async Task RunAsync_TimerOfTheNearFuture_IsServedWithoutAnyCall()
    {
        await using TinyEngine engine = new(postgres.ConnectionString);
        using CancellationTokenSource stop = new();
        Task running = engine.Engine.RunAsync(stop.Token);
        Guid id = await engine.StartAsync("delay:1");

        await Eventually.TrueAsync(async () => (await GetInstance.ExecuteAsync(postgres.DataSource, id, CancellationToken.None))!.Status == InstanceStatus.Finished);

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task RunAsync_FactFromAnotherProcess_IsHeardOf()
    {
        await using TinyEngine worker = new(postgres.ConnectionString, options: new() { Poll = TimeSpan.FromMinutes(10) });
        using CancellationTokenSource stop = new();
        Task running = worker.Engine.RunAsync(stop.Token);
        await using TinyEngine web = new(postgres.ConnectionString, options: new() { Inbox = new() { Workers = 1 } });
        Task webNotices = web.Engine.NotifyOnlyAsync(stop.Token);
        Guid id = web.NewId();
        await web.Gateway.EnqueueAsync(new StartRequested(id, "done"), null, null, CancellationToken.None);

        await Eventually.TrueAsync(async () => await GetInstance.ExecuteAsync(postgres.DataSource, id, CancellationToken.None) is not null);

        await stop.CancelAsync();
        await Task.WhenAll(running, webNotices);
    }
}
