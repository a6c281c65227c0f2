using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.CrashDrill;

/// <summary>A process that may be killed at any instant: it starts flows, sends them events, serves due facts, and tells what was acknowledged.</summary>
internal static class Worker
{
    public const string DefinitionId = "drill";

    // A wait for an event, then a timer: every kind of row takes part.
    private const string Json = """
        { "definitionId": "drill", "id": "drill-v1", "name": "Drill", "version": 1, "isLatest": true, "isPublished": true,
          "root": { "id": "Flow", "type": "Elsa.Sequence", "activities": [
            { "id": "Wait", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "Go" } } },
            { "id": "Rest", "type": "Elsa.Delay", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "00:00:00.200" } } },
            { "id": "Say", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "done" } } } ] } }
        """;

    public static async Task<int> RunAsync(string connectionString, bool isDraining)
    {
        await using FlowsDatabase database = new(connectionString);
        ActivityCatalog activities = new(ElsaActivities.All);
        await PublishAsync(database, activities);
        using LiveCatalogue catalogue = new(database.Queries, activities, EngineSettings.Default);
        DatabaseClock clock = new(TimeProvider.System);
        await using FlowsEngine engine = new(database, new InstanceRunner(EngineSettings.Default).Run, (_, _, _) => null, catalogue, null, clock, new(), NullLogger.Instance);
        await engine.DefinitionsChangedAsync(CancellationToken.None);
        using CancellationTokenSource stop = new();
        Task running = engine.RunAsync(stop.Token);
        Console.WriteLine("ready");
        if (isDraining)
            await DrainAsync(database);
        else
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CallAsync(engine, clock))));
        await stop.CancelAsync();
        await running;
        return 0;
    }

    private static async Task PublishAsync(FlowsDatabase database, ActivityCatalog activities)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        WorkflowDefinition definition = DefinitionReader.Read(Json, activities).Definition!;
        (string versionId, _) = await StoreDefinition.ExecuteAsync(transaction, definition, definition.ContentHash, new Dictionary<string, byte[]>(), "drill", null, CancellationToken.None);
        await PublishDefinition.ExecuteAsync(transaction, versionId, "drill", null, CancellationToken.None);
        await transaction.CommitAsync();
    }

    /// <summary>Starts and wakes until the process is killed. A line is written only after the answer: what it names is acknowledged.</summary>
    private static async Task CallAsync(FlowsEngine engine, DatabaseClock clock)
    {
        while (true)
        {
            Guid id = TimeOrderedId.Create(clock.Now);
            StimulusResult started = await engine.Gateway.SubmitAsync(new StartRequested(id, DefinitionId) { CorrelationId = id.ToString() }, null, CancellationToken.None);
            if (started.Kind == TransitionKind.Applied)
                await Console.Out.WriteLineAsync($"started {id}");
            EventResult woken = await engine.Gateway.PublishAsync(new(TimeOrderedId.Create(clock.Now), "Go", id.ToString(), null, null), null, CancellationToken.None);
            if (woken.Resumed > 0)
                await Console.Out.WriteLineAsync($"woken {id}");
        }
    }

    /// <summary>Ends when no timer and no fact is left; what still waits for its event was never acknowledged as woken.</summary>
    private static async Task DrainAsync(FlowsDatabase database)
    {
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(100));
        await using NpgsqlCommand left = database.Queries.CreateCommand("select count(*) from inbox where parked_at is null");
        while (await left.ExecuteScalarAsync() is > 0L)
            await pace.WaitForNextTickAsync();
    }
}
