using System.Globalization;
using Npgsql;

namespace EngagementFlows.Server.Hosting;

/// <summary>The server's own PostgreSQL, for as long as this object lives.</summary>
/// <remarks>
/// One server per data folder: a lock that dies with its process guards it. A PostgreSQL that a killed server left behind is adopted.
/// </remarks>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private readonly EmbeddedPostgresCluster _cluster;
    private readonly FileStream _lock;
    private readonly ILogger _logger;
    private int _isStopped;

    private EmbeddedPostgres(EmbeddedPostgresCluster cluster, FileStream @lock, ILogger logger)
    {
        _cluster = cluster;
        _lock = @lock;
        _logger = logger;
        AppDomain.CurrentDomain.ProcessExit += StopAtProcessExit;
    }

    /// <summary>Gets the connection string of the product's database.</summary>
    public string ConnectionString => _cluster.ConnectionString(EmbeddedPostgresCluster.Name);

    /// <summary>Gets the way to fill the product's database at once.</summary>
    internal StandInDatabase StandIn => _cluster.StandIn;

    /// <summary>Starts PostgreSQL, or adopts the one that a killed server left in the folder.</summary>
    /// <exception cref="EmbeddedPostgresException">Another server uses the folder, or PostgreSQL cannot run; the message says what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataFolder);
        FileStream @lock = Take(options.DataFolder);
        try
        {
            EmbeddedPostgresCluster cluster = await EmbeddedPostgresCluster.OpenAsync(options, cancellationToken);
            EmbeddedPostgres started = new(cluster, @lock, logger);
            try
            {
                bool isAdopted = await cluster.StartAsync(cancellationToken);
                await started.SettleAsync(cancellationToken);
                Log.Started(logger, cluster.Folder, isAdopted);
                return started;
            }
            catch
            {
                await started.DisposeAsync();
                throw;
            }
        }
        catch
        {
            await @lock.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends what filling the database at once left, wherever it was cut off.</summary>
    /// <returns>Whether what was filled was thrown away, because the database that it had replaced was in use.</returns>
    /// <exception cref="EmbeddedPostgresException">It could not be ended; nothing may be written to the database.</exception>
    internal async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        try
        {
            bool isTakenBack = await StandIn.SettleAsync(cancellationToken);
            if (isTakenBack)
                Log.TakenBack(_logger);
            return isTakenBack;
        }
        catch (NpgsqlException fault)
        {
            throw new EmbeddedPostgresException(
                $"The database in '{_cluster.Folder}' could not be opened again after the sample firm was put into it: {fault.Message} No data is lost. Start the server again, which tries once more; its own words are at the end of '{_cluster.LogFile}'.", fault);
        }
    }

    /// <summary>Stops PostgreSQL and gives the folder free.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 1)
            return;
        AppDomain.CurrentDomain.ProcessExit -= StopAtProcessExit;
        NpgsqlConnection.ClearAllPools();
        await _cluster.StopAsync(CancellationToken.None);
        Log.Stopped(_logger, _cluster.Folder);
        await _lock.DisposeAsync();
    }

    private static FileStream Take(string dataFolder)
    {
        string path = Path.Combine(dataFolder, "server.lock");
        string owner = Path.Combine(dataFolder, "server.pid");
        try
        {
            FileStream @lock = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return @lock;
        }
        catch (IOException fault) when (fault is not (DirectoryNotFoundException or PathTooLongException))
        {
            string other = File.Exists(owner) ? $"process {File.ReadAllText(owner).Trim()}" : "another process";
            throw new EmbeddedPostgresException(
                $"The data folder '{Path.GetFullPath(dataFolder)}' is in use by {other}: one server at a time may use an embedded PostgreSQL. "
                + "Stop that server, give this one a folder of its own (EngagementFlows:DataFolder), or let both use one PostgreSQL server (ConnectionStrings:EngagementFlows).",
                fault);
        }
    }

    /// <summary>The last net, for ends of the process that pass by the host's orderly stop.</summary>
    private void StopAtProcessExit(object? sender, EventArgs arguments)
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 0)
            _cluster.Stop();
    }
}
