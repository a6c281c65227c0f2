using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Postgres.Tests.Instances;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Events;

/// <summary>An event that reaches nobody is kept for a while: a wait that begins in that time gets it, a later one does not.</summary>
public sealed class EventRetentionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(-1, "finished")]
    [InlineData(1, "suspended")]
    public async Task StartAsync_WaitThatBeginsAroundTheEventsEnd_GetsItOnlyBefore(int secondsAfterEnd, string expected)
    {
        TestClock time = new();
        await using TinyEngine engine = new(postgres.ConnectionString, time);
        string key = $"kept {secondsAfterEnd}";
        await engine.Gateway.PublishAsync(new EventPublished(engine.NewId(), "Go", key, null, "early"), null, default);

        time.Advance(EventRouting.EarlyEventLifetime + TimeSpan.FromSeconds(secondsAfterEnd));
        Guid id = await engine.StartAsync("wait", key);
        await engine.Engine.ServeDueAsync(default);

        (await postgres.ScalarAsync<string>("select status from instance where id = $1", id)).Should().Be(expected);
    }

    [Fact]
    public async Task StartAsync_SecondWaitForAnEventThatWasKept_FindsItUsed()
    {
        TestClock time = new();
        await using TinyEngine engine = new(postgres.ConnectionString, time);
        await engine.Gateway.PublishAsync(new EventPublished(engine.NewId(), "Go", "once", null, "early"), null, default);

        Guid first = await engine.StartAsync("wait", "once");
        await engine.Engine.ServeDueAsync(default);
        Guid second = await engine.StartAsync("wait", "once");
        await engine.Engine.ServeDueAsync(default);

        (await postgres.ScalarAsync<string>("select status from instance where id = $1", first)).Should().Be("finished");
        (await postgres.ScalarAsync<string>("select status from instance where id = $1", second)).Should().Be("suspended");
    }
}
