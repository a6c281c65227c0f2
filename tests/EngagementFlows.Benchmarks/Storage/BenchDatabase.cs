using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Migrations;
using EngagementFlows.Server.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary>An embedded PostgreSQL of the run's own, with the product's settings and PostgreSQL's default durability; and the floor that it allows.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-bench-").FullName;
    private EmbeddedPostgres? _postgres;
    private readonly List<double> _floors = [];

    /// <summary>Gets the folder of the cluster, as a server's data folder.</summary>
    public string Folder => _folder;

    /// <summary>Returns the connection string; starts and migrates the database at the first call.</summary>
    public async Task<string> ConnectionStringAsync(CancellationToken cancellationToken)
    {
        if (_postgres is not null)
            return _postgres.ConnectionString;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        EmbeddedPostgresOptions options = new() { DataFolder = _folder, ReachableFolder = Path.Combine(Path.GetTempPath(), "engagementflows-bench-reachable") };
        _postgres = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, cancellationToken);
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(_postgres.ConnectionString);
        await new MigrationRunner(dataSource).RunAsync(cancellationToken);
        return _postgres.ConnectionString;
    }

    /// <summary>Gets the median of the floors taken so far: durable inserts of one row per second by 16 connections.</summary>
    public double Floor => Median(_floors);

    /// <summary>
    /// Measures a load three times, each time between two floors, and returns the medians of its rate and of its ratio to the mean of the two. The disk has other
    /// users: a floor taken minutes before the load compares two machines.
    /// </summary>
    /// <param name="load">Runs the load once; returns operations per second.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Rate> BesideFloorAsync(Func<Task<double>> load, CancellationToken cancellationToken)
    {
        List<double> rates = [];
        List<double> ratios = [];
        double before = await TakeFloorAsync(cancellationToken);
        for (int round = 0; round < 3; round++)
        {
            double rate = await load();
            double after = await TakeFloorAsync(cancellationToken);
            rates.Add(rate);
            ratios.Add(rate / ((before + after) / 2));
            before = after;
        }

        return new(Median(rates), Median(ratios));
    }

    /// <summary>Empties the tables of the engine and lets the disk come to rest, so that one load does not pay for the one before.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(await ConnectionStringAsync(cancellationToken));
        foreach (string sql in new[] { "truncate instance, instance_ended_badly, bookmark, inbox, journal, incident, event, outbox, trigger_schedule, recurring_schedule, definition cascade", "checkpoint" })
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        GC.Collect();
    }

    /// <summary>Publishes definitions and returns an engine over them, without workers.</summary>
    public async Task<BenchEngine> StartEngineAsync(CancellationToken cancellationToken, params string[] definitions)
    {
        string connectionString = await ConnectionStringAsync(cancellationToken);
        ActivityCatalog activities = new(ElsaActivities.All);
        await using (NpgsqlDataSource dataSource = NpgsqlDataSource.Create(connectionString))
        {
            foreach (string json in definitions)
            {
                await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
                await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
                WorkflowDefinition definition = DefinitionReader.Read(json, activities).Definition ?? throw new InvalidOperationException("EngagementFlows bug: a definition of the benchmarks is refused.");
                (string versionId, _) = await StoreDefinition.ExecuteAsync(transaction, definition, definition.ContentHash, new Dictionary<string, byte[]>(), "benchmark", null, cancellationToken);
                await PublishDefinition.ExecuteAsync(transaction, versionId, "benchmark", null, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }

        FlowsDatabase database = new(connectionString);
        LiveCatalogue catalogue = new(database.Queries, activities, EngineSettings.Default);
        DatabaseClock clock = new(TimeProvider.System);
        FlowsEngine engine = new(database, new InstanceRunner(EngineSettings.Default).Run, (_, _, _) => null, catalogue, null, clock, new(), NullLogger.Instance);
        await engine.DefinitionsChangedAsync(cancellationToken);
        // As the workers do when a server starts: an engine that does not know who listens asks the database in each commit.
        await engine.WebhooksChangedAsync(cancellationToken);
        return new(database, catalogue, clock, engine);
    }

    private async Task<double> TakeFloorAsync(CancellationToken cancellationToken)
    {
        double floor = await Storage.Floor.MeasureAsync(await ConnectionStringAsync(cancellationToken), cancellationToken);
        _floors.Add(floor);
        return floor;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Operations per second, and that over the floor beside it.</summary>
internal sealed record Rate(double PerSecond, double Ratio);

/// <summary>An engine of the benchmarks.</summary>
internal sealed record BenchEngine(FlowsDatabase Database, LiveCatalogue Catalogue, DatabaseClock Clock, FlowsEngine Engine) : IAsyncDisposable
{
    public async Task StartAsync(string definitionId, string? correlationId, EngagementFlows.Scripts.PlainObject? input, CancellationToken cancellationToken)
    {
        StartRequested start = new(TimeOrderedId.Create(Clock.Now), definitionId) { CorrelationId = correlationId, Input = input ?? new() };
        StimulusResult result = await Engine.Gateway.SubmitAsync(start, null, cancellationToken);
        if (result.Kind != TransitionKind.Applied || result.Instance!.OpenIncidents > 0)
            throw new InvalidOperationException($"The start of '{definitionId}' failed: {result.Message ?? "it has an incident"}.");
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        Catalogue.Dispose();
        await Database.DisposeAsync();
    }
}
