using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using Microsoft.Extensions.Logging.Abstractions;

namespace EngagementFlows.Postgres.Tests.Instances;

/// <summary>An engine over <see cref="TinyFlow"/>; several on one database stand for several processes.</summary>
internal sealed class TinyEngine : IAsyncDisposable
{
    private readonly FlowsDatabase _database;
    private readonly LiveCatalogue _catalogue;

    public TinyEngine(string connectionString, TimeProvider? played = null, FlowsEngineOptions? options = null)
    {
        _database = new(connectionString);
        _catalogue = new(_database.Queries, new ActivityCatalog([]), EngineSettings.Default);
        Clock = played is null ? new(TimeProvider.System) : DatabaseClock.Played(played);
        Engine = new(_database, TinyFlow.Run, (_, _, _) => null, _catalogue, null, Clock, options ?? new(), NullLogger.Instance);
    }

    public DatabaseClock Clock { get; }

    public FlowsEngine Engine { get; }

    public InstanceGateway Gateway => Engine.Gateway;

    public Guid NewId() => TimeOrderedId.Create(Clock.Now);

    public async Task<Guid> StartAsync(string kind, string? correlation = null)
    {
        Guid id = NewId();
        StimulusResult result = await Gateway.SubmitAsync(new StartRequested(id, kind) { CorrelationId = correlation }, null, CancellationToken.None);
        result.Kind.Should().Be(TransitionKind.Applied, result.Message);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _catalogue.Dispose();
        await _database.DisposeAsync();
    }
}
