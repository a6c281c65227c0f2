using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EngagementFlows.Postgres.Migrations;
using EngagementFlows.Server.Hosting;
using Npgsql;

namespace EngagementFlows.Testing;

/// <summary>The one PostgreSQL of a test run, shared by all test processes of this clone, with a migrated template database.</summary>
/// <remarks>
/// Each process counts itself in by a file that it keeps locked, which a dead process cannot do; the last one out stops PostgreSQL.
/// fsync is off: these tests kill connections and processes, never the machine. Benchmarks and the crash drill have clusters of their own with default durability.
/// </remarks>
internal sealed class TestPostgres
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static TestPostgres? _current;

    private readonly EmbeddedPostgresCluster _cluster;
    private readonly string _folder;
    private readonly FileStream _presence;
    private int _databases;

    private TestPostgres(EmbeddedPostgresCluster cluster, string folder, FileStream presence)
    {
        _cluster = cluster;
        _folder = folder;
        _presence = presence;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => CountOut();
    }

    /// <summary>Gets the name of the migrated database from which test databases are cloned; it changes with the migrations.</summary>
    private static string TemplateName { get; } = "template_" + Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Migration.All.Select(migration => migration.Name + migration.Sql)))).AsSpan(0, 8));

    /// <summary>Returns the run's PostgreSQL, started and counted in by the first caller in the process.</summary>
    public static async Task<TestPostgres> GetAsync()
    {
        await Gate.WaitAsync();
        try
        {
            return _current ??= await CountInAsync();
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Makes a database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(bool isMigrated)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync(_cluster, $"drop database if exists {name} with (force)");
        await ExecuteAsync(_cluster, $"create database {name}" + (isMigrated ? $" template {TemplateName}" : ""));
        return _cluster.ConnectionString(name);
    }

    /// <summary>Drops a database of <see cref="CreateDatabaseAsync"/> with whatever is still connected to it.</summary>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync(_cluster, $"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    private static async Task<TestPostgres> CountInAsync()
    {
        string folder = Path.Combine(Path.GetTempPath(), "engagementflows-tests-" + CloneName());
        string presences = Path.Combine(folder, "processes");
        Directory.CreateDirectory(presences);
        using FileStream @lock = await LockAsync(folder);
        FileStream presence = new(Path.Combine(presences, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        EmbeddedPostgresCluster cluster = await EmbeddedPostgresCluster.OpenAsync(Options(folder), CancellationToken.None);
        try
        {
            await cluster.StartAsync(CancellationToken.None);
            if (CountOthers(folder) == 0)
                await DropLeftoversAsync(cluster);
            await EnsureTemplateAsync(cluster);
            return new(cluster, folder, presence);
        }
        catch
        {
            if (CountOthers(folder) == 0)
                cluster.Stop();
            await presence.DisposeAsync();
            throw;
        }
    }

    private static EmbeddedPostgresOptions Options(string folder) => new()
    {
        DataFolder = folder,
        ReachableFolder = Path.Combine(Path.GetTempPath(), "engagementflows-tests-reachable"),
        Settings = new Dictionary<string, string>
        {
            ["fsync"] = "off",
            ["full_page_writes"] = "off",
            ["max_connections"] = "400",
            ["shared_buffers"] = "128MB",
            ["autovacuum_naptime"] = "10min",
        },
    };

    /// <summary>Clones and users of one machine do not share: each has binaries and rights of its own.</summary>
    private static string CloneName()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "EngagementFlows.sln")))
            at = at.Parent;
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(Environment.UserName + (at?.FullName ?? AppContext.BaseDirectory)));
        return Convert.ToHexStringLower(hash.AsSpan(0, 6));
    }

    private static async Task<FileStream> LockAsync(string folder)
    {
        while (true)
        {
            if (TryLock(folder) is { } taken)
                return taken;
            using PeriodicTimer pause = new(TimeSpan.FromMilliseconds(50));
            await pause.WaitForNextTickAsync();
        }
    }

    private static FileStream? TryLock(string folder)
    {
        try
        {
            return new(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            // Another test process starts or stops at this moment.
            return null;
        }
    }

    /// <summary>Counts the other living processes, and removes what dead ones left.</summary>
    private static int CountOthers(string folder)
    {
        int living = 0;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(folder, "processes")))
        {
            if (Path.GetFileName(file) == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
                continue;
            try
            {
                new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                File.Delete(file);
            }
            catch (IOException)
            {
                living++;
            }
        }

        return living;
    }

    /// <summary>Databases of test processes that were killed, and templates of earlier migrations.</summary>
    private static async Task DropLeftoversAsync(EmbeddedPostgresCluster cluster)
    {
        await using NpgsqlConnection connection = await OpenAsync(cluster);
        List<string> names = [];
        await using (NpgsqlCommand list = new("select datname from pg_database where (datname like 'test\\_%' or datname like 'template\\_%') and datname <> $1", connection))
        {
            list.Parameters.Add(new() { Value = TemplateName });
            await using NpgsqlDataReader reader = await list.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                names.Add(reader.GetString(0));
        }

        foreach (string name in names)
        {
            await using NpgsqlCommand drop = new($"drop database if exists {name} with (force)", connection);
            await drop.ExecuteNonQueryAsync();
        }
    }

    private static async Task EnsureTemplateAsync(EmbeddedPostgresCluster cluster)
    {
        await using NpgsqlConnection connection = await OpenAsync(cluster);
        await using NpgsqlCommand exists = new("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = TemplateName } } };
        if (await exists.ExecuteScalarAsync() is not null)
            return;

        // Migrated under another name first: a kill in the middle must not leave a half-made template.
        string half = TemplateName + "_half";
        await ExecuteAsync(cluster, $"drop database if exists {half} with (force)");
        await ExecuteAsync(cluster, $"create database {half}");
        await using (NpgsqlDataSource dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(cluster.ConnectionString(half)) { Pooling = false }.ConnectionString))
            await new MigrationRunner(dataSource).RunAsync(CancellationToken.None);
        await ExecuteAsync(cluster, $"alter database {half} rename to {TemplateName}");
    }

    private static async Task ExecuteAsync(EmbeddedPostgresCluster cluster, string sql)
    {
        await using NpgsqlConnection connection = await OpenAsync(cluster);
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<NpgsqlConnection> OpenAsync(EmbeddedPostgresCluster cluster)
    {
        NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(cluster.ConnectionString("postgres")) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private void CountOut()
    {
        // Another process that starts now holds the lock and counts this one as living until its file is free: then it is that one which stops PostgreSQL in the end.
        using FileStream? @lock = TryLock(_folder);
        _presence.Dispose();
        if (@lock is null)
            return;
        File.Delete(_presence.Name);
        if (CountOthers(_folder) == 0)
            _cluster.Stop();
    }
}
