using EngagementFlows.Postgres.Migrations;
using EngagementFlows.Server.Configuration;
using Npgsql;

namespace EngagementFlows.Server.Hosting;

/// <summary>The database of a command: the configured one, or the embedded one for as long as the command runs.</summary>
internal sealed class ServerDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _embedded;

    private ServerDatabase(EmbeddedPostgres? embedded, string connectionString)
    {
        _embedded = embedded;
        ConnectionString = connectionString;
        DataSource = NpgsqlDataSource.Create(connectionString);
    }

    public bool IsEmbedded => _embedded is not null;

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    /// <exception cref="EmbeddedPostgresException">The embedded database cannot run.</exception>
    /// <exception cref="SettingsException">The connection string cannot be read.</exception>
    public static async Task<ServerDatabase> OpenAsync(ServerOptions options, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (options.ConnectionString is { } given)
            return new ServerDatabase(embedded: null, Checked(given));
        EmbeddedPostgresOptions embedded = new() { DataFolder = options.DataFolder, User = options.Postgres.User, Binaries = options.Postgres.Binaries };
        if (options.Postgres.ReachableFolder is { } reachable)
            embedded = embedded with { ReachableFolder = reachable };
        EmbeddedPostgres started = await EmbeddedPostgres.StartAsync(embedded, loggers.CreateLogger<EmbeddedPostgres>(), cancellationToken);
        return new ServerDatabase(started, started.ConnectionString);
    }

    /// <summary>Brings the schema up to date; returns the migrations applied.</summary>
    /// <exception cref="MigrationException">The database cannot be brought to this build's schema.</exception>
    public Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken) =>
        new MigrationRunner(DataSource).RunAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
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
