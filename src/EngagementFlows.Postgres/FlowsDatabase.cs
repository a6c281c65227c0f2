using Npgsql;

namespace EngagementFlows.Postgres;

/// <summary>The ways into the database: one set of connections for the engine, one for everything else.</summary>
public sealed class FlowsDatabase : IAsyncDisposable
{
    // Statistics of hot tables are wrong after every mass start, and a plan made while a table was empty stays with its connection: the engine's
    // statements are written for index walks, and nothing else may be chosen.
    // For the same reason one generic plan serves all calls: PostgreSQL takes the arrays of a small group for cheaper than what a generic plan expects and
    // would plan anew at each call, for more than running it takes.
    // A stopped process (SIGSTOP, a frozen machine) must not keep claimed rows for ever.
    private const string EngineOptions =
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c max_parallel_workers_per_gather=0 -c jit=off -c plan_cache_mode=force_generic_plan -c idle_in_transaction_session_timeout=10s";

    // Nobody leaves anything on a connection that the next one could stumble over: settings and locks last as long as a transaction, and what listens keeps its
    // connection for ever. The reset of a pooled connection would be a transaction more for every use of it.
    private const bool IsNeverReset = true;

    /// <summary>Creates the data sources; connects to nothing yet.</summary>
    public FlowsDatabase(string connectionString)
    {
        NpgsqlConnectionStringBuilder engine = new(connectionString)
        {
            ApplicationName = "EngagementFlows engine",
            MaxAutoPrepare = 80,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = 24,
            NoResetOnClose = IsNeverReset,
        };
        engine.Options = string.IsNullOrEmpty(engine.Options) ? EngineOptions : $"{engine.Options} {EngineOptions}";
        Engine = NpgsqlDataSource.Create(engine);
        Queries = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "EngagementFlows",
            MaxAutoPrepare = 80,
            AutoPrepareMinUsages = 3,
            NoResetOnClose = IsNeverReset,
        });
    }

    /// <summary>Gets the connections of commits and claims.</summary>
    public NpgsqlDataSource Engine { get; }

    /// <summary>Gets the connections of pages, API, command line.</summary>
    public NpgsqlDataSource Queries { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Queries.DisposeAsync();
    }
}
