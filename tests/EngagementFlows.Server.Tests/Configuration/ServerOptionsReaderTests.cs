using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace EngagementFlows.Server.Tests.Configuration;

public sealed class ServerOptionsReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-options-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_NothingConfigured_HasDefaults()
    {
        ServerOptions options = Read([]);

        options.ConnectionString.Should().BeNull();
        options.DataFolder.Should().Be(Path.Combine(_folder, ".data"));
        options.WorkflowsFolder.Should().Be(Path.Combine(_folder, "workflows"));
        options.KeyFile.Should().Be(Path.Combine(_folder, ".data", "keys.json"));
        options.Definitions.PublishFiles.Should().BeFalse();
        options.Definitions.FourEyes.Should().BeTrue();
        options.Timers.CatchUpPerSecond.Should().Be(2_000);
        options.Outbound.AllowedHosts.Should().BeEmpty();
        options.Imports.KeepUndecided.Should().Be(TimeSpan.FromDays(7));
        (options.Api.RequestsPerMinute, options.Api.AnonymousRequestsPerMinute).Should().Be((12_000, 3_000));
    }

    [Theory]
    [InlineData("Api:RequestsPerMinute", "0", "from 1 to 10000000")]
    [InlineData("Api:AnonymousRequestsPerMinute", "many", "from 1 to 10000000")]
    [InlineData("Imports:KeepUndecided", "00:59:59", "from 01:00:00")]
    public void Read_LimitOutOfItsRange_IsNamedWithIt(string key, string value, string range)
    {
        Action read = () => Read(new() { [key] = value });

        read.Should().Throw<SettingsException>().Which.Faults.Should().ContainSingle().Which.Should().Contain($"'EngagementFlows:{key}' is '{value}'").And.Contain(range);
    }

    [Fact]
    public void Read_SolutionInParentFolder_IsHomeOfDataAndWorkflows()
    {
        File.WriteAllText(Path.Combine(_folder, "EngagementFlows.sln"), "");
        string below = Directory.CreateDirectory(Path.Combine(_folder, "src", "deep")).FullName;

        ServerOptions options = ServerOptionsReader.Read(Configuration([]), below);

        options.DataFolder.Should().Be(Path.Combine(_folder, ".data"));
        options.WorkflowsFolder.Should().Be(Path.Combine(_folder, "workflows"));
    }

    [Fact]
    public void Read_RelativeFolder_IsMeantFromTheWorkingFolder() =>
        Read(new() { ["DataFolder"] = "elsewhere" }).DataFolder.Should().Be(Path.Combine(_folder, "elsewhere"));

    [Fact]
    public void Read_ManyFaults_NamesAllOfThemWithKeyAndValue()
    {
        Action read = () => Read(new()
        {
            ["PublicUrl"] = "clients.example.com",
            ["Timers:CatchUpPerSecond"] = "fast",
            ["Definitions:PublishFiles"] = "perhaps",
            ["Firm:Zone"] = "Asia/Nowhere",
            ["Mail:Transport"] = "pigeon",
            ["SignIn:LockFor"] = "15",
        });

        read.Should().Throw<SettingsException>().Which.Faults.Should().SatisfyRespectively(
            fault => fault.Should().Contain("'EngagementFlows:Firm:Zone' is 'Asia/Nowhere'"),
            fault => fault.Should().Contain("'EngagementFlows:PublicUrl' is 'clients.example.com'").And.Contain("https://clients.example.com"),
            fault => fault.Should().Contain("'EngagementFlows:Definitions:PublishFiles' is 'perhaps'"),
            fault => fault.Should().Contain("'EngagementFlows:Timers:CatchUpPerSecond' is 'fast'").And.Contain("from 1 to 1000000"),
            fault => fault.Should().Contain("'EngagementFlows:Mail:Transport' is 'pigeon'").And.Contain("folder"),
            fault => fault.Should().Contain("'EngagementFlows:SignIn:LockFor' is '15'"));
    }

    [Fact]
    public void Read_TransportSmtp_ReadsTheMailServer()
    {
        MailOptions mail = Read(new() { ["Mail:Transport"] = "smtp", ["Mail:FromAddress"] = "flows@firm.example", ["Mail:Smtp:Host"] = "smtp.firm.example", ["Mail:Smtp:MaxConnections"] = "2" }).Mail;

        mail.Transport.Should().Be(MailOptions.OverSmtp);
        mail.Smtp!.Server.Should().Be("smtp.firm.example:587");
        mail.Smtp.MaxConnections.Should().Be(2);
    }

    [Fact]
    public void Read_MailServerBesideTransportFolder_IsReadToBeTried()
    {
        MailOptions mail = Read(new() { ["Mail:FromAddress"] = "flows@firm.example", ["Mail:Smtp:Host"] = "smtp.firm.example" }).Mail;

        mail.Transport.Should().Be(MailOptions.ToFolder);
        mail.Smtp!.Host.Should().Be("smtp.firm.example");
    }

    [Fact]
    public void Read_TransportSmtpWithoutHostOrSender_IsRefused()
    {
        Action noHost = () => Read(new() { ["Mail:Transport"] = "smtp" });
        Action noSender = () => Read(new() { ["Mail:Transport"] = "smtp", ["Mail:Smtp:Host"] = "smtp.firm.example" });

        noHost.Should().Throw<SettingsException>().Which.Faults.Should().Contain(fault => fault.Contains("'EngagementFlows:Mail:Smtp:Host' is missing"));
        noSender.Should().Throw<SettingsException>().Which.Faults.Should().ContainSingle().Which.Should().Contain("'EngagementFlows:Mail:FromAddress'");
    }

    [Fact]
    public void Read_LeasesOfTheOutbox_BoundTheSending()
    {
        ServerOptions options = Read(new()
        {
            ["Outbox:ClaimLease"] = "00:00:05",
            ["Outbox:SendingLease"] = "00:00:10",
            ["Outbox:RetryAfter"] = "00:00:01",
            ["Outbound:Timeout"] = "00:00:08",
            ["Mail:Smtp:Host"] = "localhost",
        });

        options.Outbox.Should().Be(new OutboxOptions { ClaimLease = TimeSpan.FromSeconds(5), SendingLease = TimeSpan.FromSeconds(10), RetryAfter = TimeSpan.FromSeconds(1) });
        options.Mail.Smtp!.LatestEnd.Should().BeLessThan(options.Mail.Smtp.LongestSending).And.Be(TimeSpan.FromSeconds(8));
        options.Mail.Smtp.LongestSending.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Read_CallsThatWouldOutliveTheirLease_AreRefused()
    {
        Action read = () => Read(new() { ["Outbox:SendingLease"] = "00:00:10" });

        read.Should().Throw<SettingsException>().Which.Faults.Should().ContainSingle().Which.Should().Contain("'EngagementFlows:Outbound:Timeout'").And.Contain("00:00:08");
    }

    [Fact]
    public void Read_MisspeltKeyOfTheMailServer_IsRefused()
    {
        Action read = () => Read(new() { ["Mail:Transport"] = "smtp", ["Mail:Smtp:Host"] = "localhost", ["Mail:Smtp:Pasword"] = "x" });

        read.Should().Throw<SettingsException>().Which.Faults.Should().ContainSingle().Which.Should().Contain("'EngagementFlows:Mail:Smtp:Password'");
    }

    [Fact]
    public void Read_MisspeltKey_NamesTheNearestOne()
    {
        Action read = () => Read(new() { ["Timers:CatchUpPerSecnd"] = "5" });

        read.Should().Throw<SettingsException>().Which.Faults.Should().ContainSingle()
            .Which.Should().Contain("'EngagementFlows:Timers:CatchUpPerSecnd' is not known").And.Contain("'EngagementFlows:Timers:CatchUpPerSecond'");
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("password")]
    [InlineData(null)]
    public void Read_EasyApiKey_IsRefusedWithoutRepeatingIt(string? key)
    {
        Action read = () => Read(new() { ["ApiKeys:crm:Key"] = key, ["ApiKeys:crm:Roles"] = "operator" });

        string fault = read.Should().Throw<SettingsException>().Which.Faults.Should().ContainSingle().Subject;
        fault.Should().Contain("EngagementFlows:ApiKeys:crm:Key");
        if (key is not null)
            fault.Should().NotContain($"'{key}'");
    }

    [Fact]
    public void Read_ApiKeys_HaveNamesAndRoles()
    {
        ServerOptions options = Read(new() { ["ApiKeys:crm:Key"] = "0123456789abcdefghijklmnopqrstuvwxyz", ["ApiKeys:crm:Roles"] = "operator, auditor" });

        options.Api.Keys.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Name = "crm", Roles = new[] { "operator", "auditor" } });
        options.Api.Keys[0].ToString().Should().NotContain("0123456789");
    }

    [Fact]
    public void Read_SameApiKeyTwice_IsRefused()
    {
        Action read = () => Read(new()
        {
            ["ApiKeys:crm:Key"] = "0123456789abcdefghijklmnopqrstuvwxyz",
            ["ApiKeys:crm:Roles"] = "operator",
            ["ApiKeys:bi:Key"] = "0123456789abcdefghijklmnopqrstuvwxyz",
            ["ApiKeys:bi:Roles"] = "auditor",
        });

        read.Should().Throw<SettingsException>().WithMessage("*same value*");
    }

    [Fact]
    public void Read_OutboundHostWithScheme_IsRefused()
    {
        Action read = () => Read(new() { ["Outbound:AllowedHosts"] = "api.example.com,https://other.example.com" });

        read.Should().Throw<SettingsException>().WithMessage("*'https://other.example.com'*");
    }

    [Fact]
    public void Telemetry_ByDefault_GoesNowhereAndIsReadAsSet()
    {
        Read([]).Telemetry.Should().Be(new Server.Telemetry.TelemetryOptions(null, OverHttp: false, Prometheus: false));
        Read(new() { ["Telemetry:Otlp:Endpoint"] = "http://collector:4318", ["Telemetry:Otlp:Protocol"] = "http", ["Telemetry:Prometheus"] = "true" })
            .Telemetry.Should().Be(new Server.Telemetry.TelemetryOptions(new Uri("http://collector:4318"), OverHttp: true, Prometheus: true));
    }

    private static IConfigurationRoot Configuration(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create($"EngagementFlows:{pair.Key}", pair.Value))).Build();

    private ServerOptions Read(Dictionary<string, string?> settings) => ServerOptionsReader.Read(Configuration(settings), _folder);
}
