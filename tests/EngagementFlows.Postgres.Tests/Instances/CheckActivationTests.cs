using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Tests.Definitions;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Instances;

/// <summary>Activation strategies: what else runs decides whether a start is allowed, in one commit with it.</summary>
public sealed class CheckActivationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Namespace = "Elsa.Workflows.ActivationValidators";
    private readonly PlayedEngine _engine = EngineOn(postgres);

    public async Task InitializeAsync()
    {
        foreach ((string id, string strategy) in new[] { ("single", "SingletonStrategy"), ("per-key", "CorrelatedSingletonStrategy"), ("key", "CorrelationStrategy"), ("other", "AllowAlwaysStrategy") })
            await _engine.PublishAsync(Waiting(id, strategy));

        await postgres.ExecuteAsync("delete from inbox");
        await postgres.ExecuteAsync("delete from bookmark");
        await postgres.ExecuteAsync("update instance set status = 'cancelled', finished_at = updated_at where finished_at is null");
    }

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task Submit_Singleton_ManyAtOnceInTwoProcesses_StartsOne()
    {
        await using PlayedEngine other = new(postgres.ConnectionString, _engine.Time);
        await other.Catalogue.RefreshAsync(default);

        StimulusResult[] results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? _engine : other).StartAsync("single", $"c{i}")));

        results.Should().ContainSingle(result => IsStarted(result));
        results.Where(result => !IsStarted(result)).Should().OnlyContain(result => result.RefusedBy == CheckActivation.Occupied);
        (await RunningAsync("single")).Should().Be(1);
    }

    [Fact]
    public async Task Submit_Singleton_AfterTheEndOfTheOther_StartsAgain()
    {
        StimulusResult first = await _engine.StartAsync("single");
        (await _engine.StartAsync("single")).RefusedBy.Should().Be(CheckActivation.Occupied);

        await _engine.Engine.Gateway.SubmitAsync(new CancelRequested(first.Instance!.Id, "test", "test"), null, default);

        IsStarted(await _engine.StartAsync("single")).Should().BeTrue();
    }

    [Fact]
    public async Task Submit_CorrelatedSingleton_StartsOnePerKey()
    {
        IsStarted(await _engine.StartAsync("per-key", "a")).Should().BeTrue();
        IsStarted(await _engine.StartAsync("per-key", "b")).Should().BeTrue();

        (await _engine.StartAsync("per-key", "a")).RefusedBy.Should().Be(CheckActivation.Occupied);
        IsStarted(await _engine.StartAsync("other", "a")).Should().BeTrue("another definition asks nobody");
    }

    [Fact]
    public async Task Submit_Correlation_IsRefusedWhileAnyDefinitionRunsForTheKey()
    {
        IsStarted(await _engine.StartAsync("other", "k")).Should().BeTrue();

        (await _engine.StartAsync("key", "k")).RefusedBy.Should().Be(CheckActivation.Occupied);
        IsStarted(await _engine.StartAsync("key", "free")).Should().BeTrue();
        IsStarted(await _engine.StartAsync("key")).Should().BeTrue("without a key there is nothing to collide with");
        IsStarted(await _engine.StartAsync("key")).Should().BeTrue();
    }

    [Fact]
    public async Task Submit_OlderVersion_ItsOwnStrategyDecides()
    {
        await _engine.PublishAsync(Waiting("changed", "AllowAlwaysStrategy"));
        string? older = await postgres.ScalarAsync<string>("select id from definition where definition_id = 'changed'");
        await _engine.PublishAsync(Waiting("changed", "SingletonStrategy"));

        StimulusResult[] results = [await StartOlderAsync(), await StartOlderAsync()];

        results.Should().OnlyContain(result => IsStarted(result), "the version that runs allows several");
        (await _engine.StartAsync("changed")).RefusedBy.Should().Be(CheckActivation.Occupied, "the published one does not");

        Task<StimulusResult> StartOlderAsync() => _engine.Engine.Gateway.SubmitAsync(
            new StartRequested(TimeOrderedId.Create(_engine.Clock.Now), "changed") { DefinitionVersionId = older }, null, default);
    }

    [Fact]
    public async Task Enqueue_Singleton_SecondStartIsDroppedWhenItsTurnComes()
    {
        IsStarted(await _engine.StartAsync("single")).Should().BeTrue();
        Guid id = TimeOrderedId.Create(_engine.Clock.Now);

        await _engine.Engine.Gateway.EnqueueAsync(new StartRequested(id, "single"), null, null, default);
        await _engine.Engine.ServeDueAsync(default);

        (await RunningAsync("single")).Should().Be(1);
        (await postgres.ScalarAsync<long>("select count(*) from inbox where instance_id = $1", id)).Should().Be(0);
    }

    private static string Waiting(string id, string strategy) => PlayedEngine.Definition(
        id,
        """{ "id": "Wait", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Never" } } }""",
        $$"""{ "activationStrategyType": "{{Namespace}}.{{strategy}}, Elsa.Workflows.Core" }""");

    private static bool IsStarted(StimulusResult result) => result is { Kind: TransitionKind.Applied, RefusedBy: null };

    private Task<long> RunningAsync(string definition) => postgres.ScalarAsync<long>("select count(*) from instance where definition_id = $1 and finished_at is null", definition);

    private static PlayedEngine EngineOn(PostgresFixture postgres) => new(postgres.ConnectionString, new TestClock());
}
