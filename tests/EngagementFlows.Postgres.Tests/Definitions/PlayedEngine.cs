using System.Security.Cryptography;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Inbox;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Definitions;

/// <summary>The real engine with Elsa's activities and a played clock; several on one database stand for several processes.</summary>
internal sealed class PlayedEngine : IAsyncDisposable
{
    private readonly FlowsDatabase _database;

    public PlayedEngine(string connectionString, TestClock time)
    {
        _database = new(connectionString);
        Time = time;
        EngineSettings settings = new() { Key = RandomNumberGenerator.GetBytes(32), Zone = TimeZoneInfo.Utc };
        Catalogue = new(_database.Queries, Activities, settings);
        Clock = DatabaseClock.Played(time);
        Engine = new(_database, new InstanceRunner(settings).Run, TriggerSchedules.In(TimeZoneInfo.Utc), Catalogue, null, Clock, new(), NullLogger.Instance);
        Schedule = new(Catalogue, TriggerSchedules.In(TimeZoneInfo.Utc), Clock, Engine.Signals, _database.Engine, new InboxOptions());
    }

    public static ActivityCatalog Activities { get; } = new(ElsaActivities.All);

    public TestClock Time { get; }

    public DatabaseClock Clock { get; }

    public LiveCatalogue Catalogue { get; }

    public FlowsEngine Engine { get; }

    /// <summary>Gets a worker over this process's catalogue as it is, without a look at the database before.</summary>
    public ScheduleWorker Schedule { get; }

    public static string Definition(string id, string root, string options = "{}") =>
        $$"""{ "definitionId": "{{id}}", "id": "{{id}}", "name": "{{id}}", "version": 1, "options": {{options}}, "root": {{root}} }""";

    /// <summary>Stores a version and publishes it as this process.</summary>
    public async Task PublishAsync(string json)
    {
        DefinitionReading reading = DefinitionReader.Read(json, Activities);
        reading.Refusals.Should().BeEmpty();
        await using NpgsqlConnection connection = await _database.Queries.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        WorkflowDefinition definition = reading.Definition!;
        (string version, _) = await StoreDefinition.ExecuteAsync(transaction, definition, definition.ContentHash, new Dictionary<string, byte[]>(), "test", Time.GetUtcNow(), default);
        await PublishDefinition.ExecuteAsync(transaction, version, "test", Time.GetUtcNow(), default);
        await transaction.CommitAsync();
        await Engine.DefinitionsChangedAsync(default);
    }

    /// <summary>Lets time pass in steps, serving what falls due at each.</summary>
    public async Task PassAsync(TimeSpan span, TimeSpan step)
    {
        for (DateTimeOffset end = Time.GetUtcNow() + span; Time.GetUtcNow() < end;)
        {
            Time.Advance(step);
            await Engine.ServeDueAsync(default);
        }
    }

    public Task<StimulusResult> StartAsync(string definition, string? correlation = null) =>
        Engine.Gateway.SubmitAsync(new StartRequested(TimeOrderedId.Create(Clock.Now), definition) { CorrelationId = correlation }, null, default);

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        Catalogue.Dispose();
        await _database.DisposeAsync();
    }
}
