using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Hosting;
using EngagementFlows.Server.Tests.Architecture;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Server.Tests.Hosting;

/// <summary>An embedded database that is filled at once, and the people who come in the middle of it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ServerDatabaseTests(ServerDatabaseTests.DataFolder folder) : IClassFixture<ServerDatabaseTests.DataFolder>
{
    private const string Name = EmbeddedPostgresCluster.Name;

    [Fact]
    public async Task Fill_SomebodyJoinsMeanwhile_IsToldToWait()
    {
        await using ServerDatabase server = await OpenEmptyAsync();

        bool isFilled = await server.FillUntouchedAsync(
            async (copy, token) =>
            {
                Func<Task> join = JoinAsync;
                (await join.Should().ThrowAsync<EmbeddedPostgresException>()).Which.Message.Should().Contain("Try again").And.Contain("--no-samples");
                await AddPersonAsync(copy, "sample");
            },
            default);

        isFilled.Should().BeTrue();
        await JoinAsync();
        await ShouldHoldAsync(server, "sample");
    }

    [Fact]
    public async Task Fill_Fails_LeavesTheDatabaseOpenAndAsItWas()
    {
        await using ServerDatabase server = await OpenEmptyAsync();

        Func<Task> fill = () => server.FillUntouchedAsync(
            async (copy, _) =>
            {
                await AddPersonAsync(copy, "sample");
                throw new FormatException("no month");
            },
            default);

        await fill.Should().ThrowAsync<FormatException>();
        await JoinAsync();
        await ShouldHoldAsync(server);
    }

    [Fact]
    public async Task Fill_SomebodyWroteAllTheSame_HisDataIsKept()
    {
        await using ServerDatabase server = await OpenEmptyAsync();

        bool isFilled = await server.FillUntouchedAsync(
            async (copy, _) =>
            {
                await AddPersonAsync(copy, "sample");
                await ExecuteAsync(Other(server, "postgres"), $"alter database {Name} allow_connections true");
                await AddPersonAsync(server.ConnectionString, "real");
            },
            default);

        isFilled.Should().BeFalse();
        await ShouldHoldAsync(server, "real");
    }

    [Fact]
    public async Task Fill_SomebodyWroteBefore_IsNotAsked()
    {
        await using ServerDatabase server = await OpenEmptyAsync();
        await AddPersonAsync(server.ConnectionString, "real");

        (await server.FillUntouchedAsync((_, _) => throw new InvalidOperationException("must not be asked"), default)).Should().BeFalse();

        await ShouldHoldAsync(server, "real");
    }

    // As a process leaves it that is killed while it fills the copy.
    [Fact]
    public async Task Open_KilledWhileItWasFilled_TheOriginalIsOpenAgain()
    {
        await using (ServerDatabase killed = await OpenEmptyAsync())
        {
            await CopyAsync(killed);
            await ExecuteAsync(Other(killed, "postgres"), $"alter database {Name} allow_connections false");
        }

        await using ServerDatabase next = await OpenAsync();

        await ShouldHoldAsync(next);
    }

    // As a process leaves it that is killed after the swap and before the drop.
    [Theory]
    [InlineData(null, "sample")]
    [InlineData("real", "real")]
    public async Task Open_KilledBetweenSwapAndDrop_DropsTheReplacedOneOnlyIfItIsUntouched(string? written, string kept)
    {
        await using (ServerDatabase killed = await OpenEmptyAsync())
        {
            await CopyAsync(killed);
            await AddPersonAsync(Other(killed, Name + "_next"), "sample");
            if (written is not null)
                await AddPersonAsync(killed.ConnectionString, written);
            killed.Flows.Queries.Clear();
            foreach (string statement in new[] { $"alter database {Name} rename to {Name}_replaced", $"alter database {Name}_next rename to {Name}", $"alter database {Name}_replaced allow_connections false" })
                await ExecuteAsync(Other(killed, "postgres"), statement);
        }

        await using ServerDatabase next = await OpenAsync();

        await ShouldHoldAsync(next, kept);
    }

    private static async Task ShouldHoldAsync(ServerDatabase database, params string[] people)
    {
        (await ListAsync(database, "select name from person")).Should().Equal(people);
        (await ListAsync(database, $"select datname from pg_database where datname like '{Name}%' and datallowconn")).Should().Equal(Name);
        (await ListAsync(database, $"select datname from pg_database where datname like '{Name}%'")).Should().Equal(Name);
    }

    private static async Task CopyAsync(ServerDatabase server)
    {
        server.Flows.Queries.Clear();
        await ExecuteAsync(Other(server, "postgres"), $"create database {Name}_next template {Name}");
    }

    private static Task AddPersonAsync(string connectionString, string name) => ExecuteAsync(
        connectionString,
        $"insert into person (id, email, name, language, zone, roles, created_at) values (gen_random_uuid(), '{name}@example.com', '{name}', 'en', 'UTC', '{{}}', now())");

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> ListAsync(ServerDatabase database, string sql)
    {
        await using NpgsqlCommand command = database.Flows.Queries.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> values = [];
        while (await reader.ReadAsync())
            values.Add(reader.GetString(0));
        return values;
    }

    private static string Other(ServerDatabase server, string database) => new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database }.ConnectionString;

    private async Task<ServerDatabase> OpenEmptyAsync()
    {
        ServerDatabase database = await OpenAsync();
        await database.MigrateAsync(default);
        await ExecuteAsync(database.ConnectionString, "delete from person");
        return database;
    }

    private Task<ServerDatabase> OpenAsync() => ServerDatabase.OpenAsync(Options(), NullLoggerFactory.Instance, default);

    private async Task JoinAsync()
    {
        await using ServerDatabase joined = await ServerDatabase.JoinAsync(Options(), NullLoggerFactory.Instance, default);
        joined.IsEmbedded.Should().BeFalse("the server runs it");
    }

    private ServerOptions Options() => SettingSources.Read(folder.FullName, new Dictionary<string, string?>
    {
        ["EngagementFlows:DataFolder"] = folder.FullName,
        ["EngagementFlows:WorkflowsFolder"] = Path.Combine(Repository.Root, "workflows"),
    });

    /// <summary>One cluster for the class, which each test starts and stops: to make it takes longer than all of them.</summary>
    public sealed class DataFolder : IDisposable
    {
        // Mode 755: temporary folders are closed to others, also to the user as whom PostgreSQL runs under root.
        public DataFolder() => File.SetUnixFileMode(FullName, (UnixFileMode)0b111_101_101);

        public string FullName { get; } = Directory.CreateTempSubdirectory("engagementflows-fill-").FullName;

        public void Dispose() => Directory.Delete(FullName, recursive: true);
    }
}
