using System.Text.Json;
using EngagementFlows.Server.CommandLine;
using EngagementFlows.Server.Languages;
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
        (int code, _, string errors) = await ImportAsync(new(new FileInfo(Path.Combine(_folder, "nothing.csv")), null, IsDryRun: false), Language.English);

        code.Should().Be(1);
        errors.Should().Contain("nothing.csv").And.Contain("does not exist");
    }

    [Fact]
    public async Task ImportClients_BadLine_ImportsNothingAndNamesTheLineInTheReadersLanguage()
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Samples, "clients.csv"));
        string broken = Path.Combine(_folder, "broken.csv");
        await File.WriteAllLinesAsync(broken, [lines[0], lines[1], "only,two"]);
        ClientImportOrder order = new(new FileInfo(broken), new FileInfo(Path.Combine(Samples, "people.csv")), IsDryRun: false);

        (int code, _, string errors) = await ImportAsync(order, Language.English);
        (int chinese, _, string chineseErrors) = await ImportAsync(order, Language.Chinese);

        (code, chinese).Should().Be((1, 1));
        errors.Should().Contain("broken.csv(3)").And.Contain("nothing was imported").And.Contain("The line has 2 fields");
        chineseErrors.Should().Contain("broken.csv(3)").And.Contain("未导入任何内容").And.Contain("该行有 2 个字段");
        (await postgres.ScalarAsync<long>("select count(*) from client")).Should().Be(0);
        (await postgres.ScalarAsync<long>("select count(*) from person")).Should().Be(0, "the staff goes with the clients or not at all");
    }

    [Fact]
    public async Task ImportClients_PreviewsAndImports_AndADryRunStopsBetween()
    {
        string connectionString = await postgres.CreateAnotherDatabaseAsync();
        await using NpgsqlDataSource own = NpgsqlDataSource.Create(connectionString);
        ClientImportOrder order = new(new FileInfo(Path.Combine(Samples, "clients.csv")), new FileInfo(Path.Combine(Samples, "people.csv")), IsDryRun: true);
        int count = (await File.ReadAllLinesAsync(order.Clients.FullName)).Length - 1;

        (int dry, string dryWords, _) = await ImportAsync(order, Language.English, connectionString);
        long afterDry = await CountAsync("select (select count(*) from client) + (select count(*) from person) + (select count(*) from audit)");
        (int done, string doneWords, _) = await ImportAsync(order with { IsDryRun = false }, Language.Chinese, connectionString);
        (int again, string againWords, _) = await ImportAsync(order with { IsDryRun = false }, Language.English, connectionString);

        (dry, done, again).Should().Be((0, 0, 0));
        dryWords.Should().Contain($"UTF-8, commas, {count} lines: {count} new, 0 changed, 0 unchanged.").And.Contain("dry run");
        afterDry.Should().Be(0);
        doneWords.Should().Contain($"新增 {count}，变更 0，未变 0。").And.Contain($"导入完成：共 {count} 行，新增 {count} 个客户。");
        againWords.Should().Contain($"0 new, 0 changed, {count} unchanged.");
        (await CountAsync("select count(*) from client")).Should().Be(count);
        (await CountAsync("select count(*) from audit where act = 'ClientsImported' and actor = 'command:import-clients'")).Should().Be(2);

        async Task<long> CountAsync(string sql)
        {
            await using NpgsqlCommand command = own.CreateCommand(sql);
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }

    [Theory]
    [InlineData(null, "zh_CN.UTF-8", "zh-CN")]
    [InlineData(null, "de_DE.UTF-8", "en")]
    [InlineData(null, null, "en")]
    [InlineData("en", "zh_CN.UTF-8", "en")]
    [InlineData("zh-CN", "C", "zh-CN")]
    public void CommandLanguage_IsTheOptionsOrTheEnvironments(string? asked, string? lang, string expected) =>
        CommandLanguage.Of(asked, name => name == "LANG" ? lang : null).Tag.Should().Be(expected);

    private static string Samples => Path.Combine(Architecture.Repository.Root, "workflows", "samples");

    private async Task<(int Code, string Words, string Errors)> ImportAsync(ClientImportOrder order, Language language, string? connectionString = null)
    {
        StringWriter words = new();
        StringWriter errors = new();
        int code = await ImportClientsCommand.RunAsync(connectionString is null ? Settings : SettingsOf(connectionString), order, language, words, errors, CancellationToken.None);
        return (code, words.ToString(), errors.ToString());
    }

    private SettingArguments SettingsOf(string connectionString) =>
        SettingArguments.Take([$"--ConnectionStrings:EngagementFlows={connectionString}", $"--EngagementFlows:DataFolder={_folder}"]);
}
