using System.Diagnostics;
using System.Globalization;
using EngagementFlows.Server.Hosting;
using EngagementFlows.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Server.Tests.Hosting;

/// <summary>Clusters of their own, with default durability.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-embedded-").FullName;

    // Mode 755: temporary folders are closed to others, also to the user as whom PostgreSQL runs under root.
    public EmbeddedPostgresTests() => File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task StartAsync_EmptyFolder_MakesAPrivateClusterThatKeepsItsData()
    {
        await using (EmbeddedPostgres first = await StartAsync())
            await ExecuteAsync(first.ConnectionString, "create table kept (id int); insert into kept values (42)");

        await using EmbeddedPostgres second = await StartAsync();

        (await ScalarAsync(second.ConnectionString, "select id from kept")).Should().Be(42);
        (await ScalarAsync(second.ConnectionString, "select current_setting('listen_addresses')")).Should().Be("");
        (await ScalarAsync(second.ConnectionString, "select current_setting('fsync') || current_setting('synchronous_commit') || current_setting('full_page_writes')")).Should().Be("ononon");
        File.GetUnixFileMode(Path.Combine(_folder, "postgres", "password")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task StartAsync_FolderInUse_SaysByWhomAndWhatToDo()
    {
        await using EmbeddedPostgres first = await StartAsync();

        Func<Task> second = StartAsync;

        (await second.Should().ThrowAsync<EmbeddedPostgresException>()).Which.Message.Should()
            .Contain($"in use by process {Environment.ProcessId}").And.Contain("EngagementFlows:DataFolder");
    }

    [Fact]
    public async Task StartAsync_ServerWasKilled_AdoptsWhatItLeft()
    {
        EmbeddedPostgresCluster leftOver = await EmbeddedPostgresCluster.OpenAsync(Options, CancellationToken.None);
        await leftOver.StartAsync(CancellationToken.None);
        int processId = await PostmasterAsync();

        await using (EmbeddedPostgres adopter = await StartAsync())
            (await PostmasterAsync()).Should().Be(processId);

        File.Exists(Path.Combine(_folder, "postgres", "data", "postmaster.pid")).Should().BeFalse();
    }

    [Fact]
    public async Task StartAsync_PostgresWasKilled_RecoversWhatWasCommitted()
    {
        EmbeddedPostgresCluster leftOver = await EmbeddedPostgresCluster.OpenAsync(Options, CancellationToken.None);
        await leftOver.StartAsync(CancellationToken.None);
        await ExecuteAsync(leftOver.ConnectionString(EmbeddedPostgresCluster.Name), "create table kept (id int); insert into kept values (7)");
        using (Process postmaster = Process.GetProcessById(await PostmasterAsync()))
        {
            postmaster.Kill();
            await postmaster.WaitForExitAsync();
        }

        await using EmbeddedPostgres recovered = await StartAsync();

        (await ScalarAsync(recovered.ConnectionString, "select id from kept")).Should().Be(7);
    }

    // A killed postmaster leaves files that name it; its number may belong to somebody else by now.
    [Fact]
    public async Task StartAsync_LeftoverFilesNameAnotherLivingProcess_StartsAllTheSame()
    {
        await (await StartAsync()).DisposeAsync();
        string postgres = Path.Combine(_folder, "postgres");
        foreach (string file in new[] { Path.Combine(postgres, "socket", ".s.PGSQL.5432.lock"), Path.Combine(postgres, "data", "postmaster.pid") })
            await File.WriteAllTextAsync(file, $"{Environment.ProcessId}\n{Path.Combine(postgres, "data")}\n0\n5432\n{Path.Combine(postgres, "socket")}\n\n  0  0\nready   \n");

        await using EmbeddedPostgres second = await StartAsync();

        (await ScalarAsync(second.ConnectionString, "select 1")).Should().Be(1);
    }

    // A second postmaster on data that an old process still writes to would ruin it.
    [Fact]
    public async Task StartAsync_ProcessOfAKilledPostmasterStillWorks_WaitsForItsEnd()
    {
        EmbeddedPostgresCluster leftOver = await EmbeddedPostgresCluster.OpenAsync(Options, CancellationToken.None);
        await leftOver.StartAsync(CancellationToken.None);
        await using NpgsqlConnection busy = new(leftOver.ConnectionString(EmbeddedPostgresCluster.Name) + ";Pooling=false");
        await busy.OpenAsync();
        int worker = busy.ProcessID;
        Task working = ExecuteBusilyAsync(busy);
        await Eventually.TrueAsync(async () => (await ScalarAsync(leftOver.ConnectionString(EmbeddedPostgresCluster.Name), $"select count(*)::int from pg_stat_activity where pid = {worker} and state = 'active'")) is 1);
        using (Process postmaster = Process.GetProcessById(await PostmasterAsync()))
            postmaster.Kill();

        await using EmbeddedPostgres recovered = await StartAsync();

        (await ScalarAsync(recovered.ConnectionString, "select 1")).Should().Be(1);
        if (OperatingSystem.IsLinux())
            Directory.Exists($"/proc/{worker}/cwd/base").Should().BeFalse();
        await working;
    }

    private static async Task ExecuteBusilyAsync(NpgsqlConnection connection)
    {
        try
        {
            await using NpgsqlCommand count = new("select count(*) from generate_series(1, 20000000)", connection);
            await count.ExecuteScalarAsync();
        }
        catch (NpgsqlException)
        {
            // Its answer is lost with its postmaster, or not: it does not matter.
        }
    }

    [Fact]
    public async Task StartAsync_LongPath_KeepsTheSocketWithinTheLimit()
    {
        EmbeddedPostgresOptions options = Options with { DataFolder = Path.Combine(_folder, new string('x', 100)) };

        await using EmbeddedPostgres postgres = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, CancellationToken.None);

        (await ScalarAsync(postgres.ConnectionString, "select 1")).Should().Be(1);
    }

    [Fact]
    public async Task StartAsync_FolderBehindAClosedDoor_MovesWhereTheOtherUserCanReach()
    {
        string closed = Path.Combine(_folder, "closed");
        Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        EmbeddedPostgresOptions options = Options with { DataFolder = Path.Combine(closed, ".data"), ReachableFolder = Path.Combine(_folder, "reachable") };

        await using EmbeddedPostgres postgres = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, CancellationToken.None);

        (await ScalarAsync(postgres.ConnectionString, "select 1")).Should().Be(1);
        // An ordinary user runs PostgreSQL as himself, wherever the folder lies.
        Directory.Exists(options.ReachableFolder).Should().Be(Environment.IsPrivilegedProcess);
    }

    private EmbeddedPostgresOptions Options => new() { DataFolder = _folder, ReachableFolder = Path.Combine(_folder, "reachable") };

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(Options, NullLogger.Instance, CancellationToken.None);

    private async Task<int> PostmasterAsync()
    {
        string text = await File.ReadAllTextAsync(Path.Combine(_folder, "postgres", "data", "postmaster.pid"));
        return int.Parse(text.Split('\n')[0], CultureInfo.InvariantCulture);
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
