using EngagementFlows.Postgres;
using EngagementFlows.Server;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Hosting;
using EngagementFlows.Server.Security;
using EngagementFlows.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.AcceptanceTests.WholeEngagement;

/// <summary>A whole server as the built program starts it: its own container, connections, loops and Kestrel. Only its clock is the test's.</summary>
/// <remarks>Its connections are those of a database user of its own, so that they can be told from another server's and be cut.</remarks>
internal sealed class PlayedServer : IAsyncDisposable
{
    private readonly ServerDatabase _database;
    private readonly WebApplication _application;
    private bool _isGone;

    private PlayedServer(ServerDatabase database, WebApplication application, string user)
    {
        _database = database;
        _application = application;
        User = user;
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
    }

    /// <summary>Gets the address, with closing slash.</summary>
    public Uri Address { get; }

    /// <summary>Gets the services.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Gets the user of its connections to the database.</summary>
    public string User { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="connectionString">The database, migrated.</param>
    /// <param name="user">The user of the database, who is there already.</param>
    /// <param name="folder">The folder with processes and the key file, which servers share.</param>
    /// <param name="settings">The settings, which servers share.</param>
    /// <param name="clock">The clock that all servers and the test share.</param>
    public static async Task<PlayedServer> StartAsync(string connectionString, string user, string folder, IReadOnlyDictionary<string, string?> settings, TestClock clock)
    {
        Dictionary<string, string?> own = new(settings)
        {
            ["ConnectionStrings:EngagementFlows"] = new NpgsqlConnectionStringBuilder(connectionString) { Username = user }.ConnectionString,
        };
        ServerStart start = new() { Settings = own, Urls = "http://127.0.0.1:0", WorkingFolder = folder, NoSamples = true, Adjust = builder => Play(builder, clock) };
        ServerOptions options = SettingSources.Read(folder, own);
        ServerDatabase database = await ServerDatabase.OpenAsync(options, NullLoggerFactory.Instance, CancellationToken.None);
        WebApplication application = ServerHost.Build(start, options, KeyFile.Open(options.KeyFile), database);
        await application.Services.GetRequiredService<DefinitionLoader>().LoadAsync(CancellationToken.None);
        await application.StartAsync();
        return new(database, application, user);
    }

    /// <summary>Ends it in order, as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        _isGone = true;
        await _application.StopAsync();
        await _application.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Ends it without a word to anybody: no connection is left to finish anything with, and none can be opened.</summary>
    public async Task KillAsync(NpgsqlDataSource looks)
    {
        _isGone = true;
        await _database.DisposeAsync();
        await using (NpgsqlCommand cut = looks.CreateCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and usename = $1"))
        {
            cut.Parameters.AddWithValue(User);
            await cut.ExecuteScalarAsync();
        }

        await _application.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isGone)
            await StopAsync();
    }

    private static void Play(WebApplicationBuilder builder, TestClock clock)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(DatabaseClock.Played(clock));
    }
}
