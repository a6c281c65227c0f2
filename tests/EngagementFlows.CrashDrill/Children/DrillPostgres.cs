using System.Globalization;
using EngagementFlows.Server.Hosting;
using Npgsql;

namespace EngagementFlows.CrashDrill.Children;

/// <summary>The drill's own PostgreSQL with its default durability: killed with -9, restarted, thrown away.</summary>
internal sealed class DrillPostgres : IAsyncDisposable
{
    private readonly EmbeddedPostgresCluster _cluster;

    private DrillPostgres(EmbeddedPostgresCluster cluster) => _cluster = cluster;

    /// <summary>Gets the unix socket on which it listens.</summary>
    public string Socket => Path.Combine(_cluster.SocketFolder, ".s.PGSQL.5432");

    private string Data => Path.Combine(_cluster.Folder, "data");

    /// <summary>Makes a cluster in the run's place and starts it.</summary>
    public static async Task<DrillPostgres> StartAsync(DrillPlace place, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(place.Folder, "database");
        EmbeddedPostgresOptions options = new()
        {
            DataFolder = folder,
            // Within the run's own folder, which goes with it.
            ReachableFolder = Path.Combine(folder, "reachable"),
            // Two processes with full pools, the doctor and the drill itself.
            Settings = new Dictionary<string, string>(EmbeddedPostgresOptions.ServerSettings) { ["max_connections"] = "400" },
        };
        EmbeddedPostgresCluster cluster = await EmbeddedPostgresCluster.OpenAsync(options, cancellationToken);
        DrillPostgres postgres = new(cluster);
        // Under root the cluster may lie elsewhere than asked for: where its user can reach it.
        place.Keeper.KeepPostgres(postgres.Data);
        place.Keeper.KeepFolder(cluster.Folder);
        place.Keeper.KeepFolder(cluster.SocketFolder);
        try
        {
            await cluster.StartAsync(cancellationToken);
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a database and returns its connection string.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="template">The database that it is a copy of, to which nobody is connected; <see langword="null"/> = an empty one.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    public async Task<string> CreateDatabaseAsync(string name, string? template, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await OpenAsync("postgres", cancellationToken);
        await using NpgsqlCommand create = new($"create database {name} template {template ?? "template1"}", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
        return _cluster.ConnectionString(name);
    }

    /// <summary>Drops a database with whatever is still connected to it.</summary>
    public async Task DropDatabaseAsync(string name)
    {
        await using NpgsqlConnection connection = await OpenAsync("postgres", CancellationToken.None);
        await using NpgsqlCommand drop = new($"drop database if exists {name} with (force)", connection);
        await drop.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Kills the postmaster with -9; its other processes notice by themselves.</summary>
    public void Kill()
    {
        string? first = File.ReadLines(Path.Combine(Data, "postmaster.pid")).FirstOrDefault();
        ProcessSignals.SendKill(int.Parse(first!, CultureInfo.InvariantCulture));
    }

    /// <summary>Starts it again; returns when it answers.</summary>
    public Task StartAgainAsync() => _cluster.StartAsync(CancellationToken.None);

    /// <summary>Stops it in order and starts it again.</summary>
    public async Task RestartAsync()
    {
        await _cluster.StopAsync(CancellationToken.None);
        await _cluster.StartAsync(CancellationToken.None);
    }

    /// <summary>Ends every connection of the product.</summary>
    public async Task TerminateConnectionsAsync()
    {
        await using NpgsqlConnection connection = await OpenAsync("postgres", CancellationToken.None);
        await using NpgsqlCommand end = new("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like 'EngagementFlows%' and pid <> pg_backend_pid()", connection);
        await end.ExecuteScalarAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await _cluster.StopAsync(CancellationToken.None);

    /// <summary>Connects to a database outside any pool: a killed server must not leave dead connections to the next caller.</summary>
    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(_cluster.ConnectionString(database)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
