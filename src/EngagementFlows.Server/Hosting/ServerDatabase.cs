using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Migrations;
using EngagementFlows.Server.Configuration;
using Npgsql;

namespace EngagementFlows.Server.Hosting;

/// <summary>The database of a command: the configured one, or the embedded one for as long as the command runs.</summary>
internal sealed class ServerDatabase : IAsyncDisposable
{
    private const string BeingFilled =
        "The server plays the month of the sample firm into its database just now, and nothing else may write to it. "
        + "Try again when the server has started. To begin with an empty database instead, stop the server and start it with --no-samples.";

    private readonly EmbeddedPostgres? _embedded;

    private ServerDatabase(EmbeddedPostgres? embedded, string connectionString)
    {
        _embedded = embedded;
        ConnectionString = connectionString;
        Flows = new FlowsDatabase(connectionString);
    }

    public bool IsEmbedded => _embedded is not null;

    public string ConnectionString { get; }

    public FlowsDatabase Flows { get; }

    /// <exception cref="EmbeddedPostgresException">The embedded database cannot run.</exception>
    /// <exception cref="SettingsException">The connection string cannot be read.</exception>
    public static async Task<ServerDatabase> OpenAsync(ServerOptions options, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (options.ConnectionString is { } given)
            return new ServerDatabase(embedded: null, Checked(given));
        EmbeddedPostgres started = await EmbeddedPostgres.StartAsync(EmbeddedOf(options), loggers.CreateLogger<EmbeddedPostgres>(), cancellationToken);
        return new ServerDatabase(started, started.ConnectionString);
    }

    /// <summary>Opens as <see cref="OpenAsync"/> does, or joins the embedded database of a server that runs already.</summary>
    /// <exception cref="EmbeddedPostgresException">The embedded database cannot run, or its server is filling it.</exception>
    /// <exception cref="SettingsException">The connection string cannot be read.</exception>
    public static async Task<ServerDatabase> JoinAsync(ServerOptions options, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(options, loggers, cancellationToken);
        }
        catch (EmbeddedPostgresException)
        {
            EmbeddedPostgresCluster cluster = await EmbeddedPostgresCluster.OpenAsync(EmbeddedOf(options), cancellationToken);
            ServerDatabase joined = new(embedded: null, cluster.ConnectionString(EmbeddedPostgresCluster.Name));
            try
            {
                await using NpgsqlConnection connection = await joined.Flows.Queries.OpenConnectionAsync(cancellationToken);
                return joined;
            }
            catch (NpgsqlException fault)
            {
                await joined.DisposeAsync();
                if (fault.SqlState == PostgresErrorCodes.ObjectNotInPrerequisiteState)
                    throw new EmbeddedPostgresException(BeingFilled, fault);
            }

            throw;
        }
    }

    /// <summary>Brings the schema up to date; returns the migrations applied.</summary>
    /// <exception cref="MigrationException">The database cannot be brought to this build's schema.</exception>
    public Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken) =>
        new MigrationRunner(Flows.Queries).RunAsync(cancellationToken);

    /// <summary>Fills an untouched embedded database; what <paramref name="fill"/> writes is there whole or not at all, whenever the process dies.</summary>
    /// <remarks>It writes to a copy, which then takes the database's place. Nobody else gets into the database meanwhile. What <paramref name="fill"/> throws leaves the database as it was.</remarks>
    /// <param name="fill">Writes to the database of the connection string that it is given, and leaves no connection open.</param>
    /// <param name="cancellationToken">Ends the filling.</param>
    /// <returns>Whether it was filled; false for a database that is not embedded, or not untouched.</returns>
    /// <exception cref="EmbeddedPostgresException">The database cannot be used until the next start has brought it back to order.</exception>
    public async Task<bool> FillUntouchedAsync(Func<string, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        if (_embedded is null || !await IsUntouched.ExecuteAsync(Flows.Queries, cancellationToken))
            return false;
        Flows.Queries.Clear();
        bool isFilled;
        bool isTakenBack;
        try
        {
            isFilled = await FillCopyAsync(_embedded.StandIn, fill, cancellationToken);
        }
        finally
        {
            isTakenBack = await _embedded.SettleAsync(CancellationToken.None);
        }

        return isFilled && !isTakenBack;
    }

    public async ValueTask DisposeAsync()
    {
        await Flows.DisposeAsync();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
    }

    private static async Task<bool> FillCopyAsync(StandInDatabase standIn, Func<string, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        string copy = await standIn.CreateAsync(cancellationToken);
        // Asked again of the copy: somebody may have written between the first question and the closing.
        await using (NpgsqlDataSource copied = NpgsqlDataSource.Create(copy))
        {
            if (!await IsUntouched.ExecuteAsync(copied, cancellationToken))
                return false;
        }

        await fill(copy, cancellationToken);
        await standIn.PutInPlaceAsync(cancellationToken);
        return true;
    }

    private static EmbeddedPostgresOptions EmbeddedOf(ServerOptions options)
    {
        EmbeddedPostgresOptions embedded = new() { DataFolder = options.DataFolder, User = options.Postgres.User, Binaries = options.Postgres.Binaries };
        return options.Postgres.ReachableFolder is { } reachable ? embedded with { ReachableFolder = reachable } : embedded;
    }

    private static string Checked(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "EngagementFlows" }.ConnectionString;
        }
        catch (ArgumentException fault)
        {
            // The value itself holds a password and is not repeated.
            throw new SettingsException([$"Setting 'ConnectionStrings:{SettingReader.Section}' cannot be read: {fault.Message} It must look like 'Host=db.example.com;Database=engagementflows;Username=flows;Password=…'; leave it empty to use the embedded PostgreSQL."]);
        }
    }
}
