using System.Text.Json;
using EngagementFlows.Server.CommandLine;
using EngagementFlows.Testing;
using EngagementFlows.Testing.Smtp;
using Npgsql;

namespace EngagementFlows.Server.Tests.CommandLine;

public sealed class DatabaseCommandTests(EmptyPostgresFixture postgres) : IClassFixture<EmptyPostgresFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-commands-").FullName;

    private SettingArguments Settings => SettingsOf(postgres.ConnectionString);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task MigrateAndDoctor_OnAnEmptyDatabase_BringItUpAndFindItWell()
    {
        string connectionString = await postgres.CreateAnotherDatabaseAsync();
        SettingArguments settings = SettingsOf(connectionString);
        StringWriter before = new();
        (await DoctorCommand.RunAsync(settings, asJson: false, before, CancellationToken.None)).Should().Be(1);
        before.ToString().Should().Contain("missing").And.Contain("migrate");

        StringWriter first = new();
        StringWriter second = new();
        (await MigrateCommand.RunAsync(settings, first, CancellationToken.None)).Should().Be(0);
        (await MigrateCommand.RunAsync(settings, second, CancellationToken.None)).Should().Be(0);

        first.ToString().Should().Contain("applied 0001_instances").And.Contain("applied 0020_accounts");
        second.ToString().Trim().Should().Be("The schema is up to date.");
        StringWriter report = new();
        (await DoctorCommand.RunAsync(settings, asJson: true, report, CancellationToken.None)).Should().Be(0);
        JsonElement json = JsonDocument.Parse(report.ToString()).RootElement;
        json.GetProperty("isHealthy").GetBoolean().Should().BeTrue();
        json.GetProperty("invariants").GetArrayLength().Should().BeGreaterThan(10);

        await using NpgsqlDataSource own = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand forge = own.CreateCommand("insert into audit_head (chain, sequence, hash) values ('broken', 5, '')");
        await forge.ExecuteNonQueryAsync();
        (await DoctorCommand.RunAsync(settings, asJson: false, new StringWriter(), CancellationToken.None)).Should().Be(1);
    }

    [Fact]
    public async Task Doctor_MailServerConfigured_IsTriedAndItsWordsAreShown()
    {
        await using SmtpPeer peer = await SmtpPeer.StartAsync(new { authMethods = new[] { "PLAIN" }, hideSTARTTLS = true, allowInsecureAuth = true, password = "right" });
        string connectionString = await postgres.CreateAnotherDatabaseAsync();
        await MigrateCommand.RunAsync(SettingsOf(connectionString), new StringWriter(), CancellationToken.None);
        string[] server = [$"--EngagementFlows:Mail:Smtp:Host=127.0.0.1", $"--EngagementFlows:Mail:Smtp:Port={peer.Port}", "--EngagementFlows:Mail:Smtp:UserName=flows@firm.example"];

        (int good, string goodWords) = await DoctorAsync("--EngagementFlows:Mail:Transport=smtp", "--EngagementFlows:Mail:Smtp:Password=right");
        (int bad, string badWords) = await DoctorAsync("--EngagementFlows:Mail:Transport=smtp", "--EngagementFlows:Mail:Smtp:Password=guessed");
        (int unused, string unusedWords) = await DoctorAsync("--EngagementFlows:Mail:Smtp:Password=guessed");

        good.Should().Be(0);
        goodWords.Should().Contain("Signed in as 'flows@firm.example' with PLAIN").And.Contain("All is well.");
        bad.Should().Be(1);
        badWords.Should().Contain("FAILED").And.Contain("was refused: '535").And.Contain("mail server not ready").And.NotContain("guessed");
        unused.Should().Be(0, "what is not used yet makes nobody ill");
        unusedWords.Should().Contain("not used yet");

        async Task<(int Code, string Words)> DoctorAsync(params string[] more)
        {
            StringWriter words = new();
            SettingArguments settings = SettingArguments.Take([$"--ConnectionStrings:EngagementFlows={connectionString}", $"--EngagementFlows:DataFolder={_folder}", .. server, .. more]);
            return (await DoctorCommand.RunAsync(settings, asJson: false, words, CancellationToken.None), words.ToString());
        }
    }

    [Fact]
    public async Task ImportClients_MissingFile_SaysWhere()
    {
        StringWriter errors = new();

        int code = await ImportClientsCommand.RunAsync(Settings, new FileInfo(Path.Combine(_folder, "nothing.csv")), people: null, new StringWriter(), errors, CancellationToken.None);

        code.Should().Be(1);
        errors.ToString().Should().Contain("nothing.csv").And.Contain("does not exist");
    }

    [Fact]
    public async Task ImportClients_BadLine_ImportsNothingAndNamesTheLine()
    {
        string samples = Path.Combine(Architecture.Repository.Root, "workflows", "samples");
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(samples, "clients.csv"));
        string broken = Path.Combine(_folder, "broken.csv");
        await File.WriteAllLinesAsync(broken, [lines[0], lines[1], "only,two"]);
        StringWriter errors = new();

        int code = await ImportClientsCommand.RunAsync(
            Settings, new FileInfo(broken), new FileInfo(Path.Combine(samples, "people.csv")), new StringWriter(), errors, CancellationToken.None);

        code.Should().Be(1);
        errors.ToString().Should().Contain("broken.csv(3)").And.Contain("nothing was imported");
        (await postgres.ScalarAsync<long>("select count(*) from client")).Should().Be(0);
    }

    [Fact]
    public async Task UnreadableSettings_AreNamedWithoutAStackTrace()
    {
        TextWriter before = Console.Error;
        StringWriter errors = new();
        Console.SetError(errors);
        try
        {
            int code = await CommandRoot.RunAsync(["migrate", "--EngagementFlows:Timers:CatchUpPerSecond=fast", "--ConnectionStrings:EngagementFlows=nonsense"]);

            code.Should().Be(1);
        }
        finally
        {
            Console.SetError(before);
        }

        errors.ToString().Should().Contain("'EngagementFlows:Timers:CatchUpPerSecond' is 'fast'").And.NotContain("   at ");
    }

    private SettingArguments SettingsOf(string connectionString) =>
        SettingArguments.Take([$"--ConnectionStrings:EngagementFlows={connectionString}", $"--EngagementFlows:DataFolder={_folder}"]);
}
