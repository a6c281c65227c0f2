using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Smtp;
using Microsoft.Extensions.Configuration;

namespace EngagementFlows.Server.Tests.Smtp;

public sealed class SmtpOptionsReaderTests
{
    [Fact]
    public void Read_OnlyAHost_TakesTheDefaults()
    {
        SmtpOptions options = Read(("Host", "smtp.example.com"))!;

        options.Should().BeEquivalentTo(new SmtpOptions { Host = "smtp.example.com" });
        options.EffectivePort.Should().Be(587);
        options.UsesStartTls.Should().BeTrue();
    }

    [Fact]
    public void Read_Everything_IsTaken()
    {
        string file = TestCertificates.AuthorityFile;
        SmtpOptions options = Read(
            ("Host", "smtp.example.com"), ("Port", "2525"), ("Security", "starttls"), ("UserName", "flows"), ("CertificateAuthorityFile", file), ("Timeout", "00:01:00"),
            ("MaxConnections", "2"), ("MessagesPerConnection", "10"), ("MessagesPerHour", "500"), ("ClientName", "flows.example.com"),
            ("OAuth:TokenUrl", "https://login.example.com/token"), ("OAuth:ClientId", "id"), ("OAuth:ClientSecretFile", file), ("OAuth:RefreshToken", "r"), ("OAuth:Scope", "s"))!;

        options.Should().BeEquivalentTo(new SmtpOptions
        {
            Host = "smtp.example.com",
            Port = 2525,
            Security = SmtpSecurity.StartTls,
            UserName = "flows",
            CertificateAuthorityFile = file,
            Timeout = TimeSpan.FromMinutes(1),
            MaxConnections = 2,
            MessagesPerConnection = 10,
            MessagesPerHour = 500,
            ClientName = "flows.example.com",
            OAuth = new SmtpOAuthOptions { TokenUrl = new Uri("https://login.example.com/token"), ClientId = "id", ClientSecretFile = file, RefreshToken = "r", Scope = "s" },
        });
    }

    [Fact]
    public void Read_ManyFaults_TellsAllOfThemWithTheirKeys()
    {
        Read(
            out IReadOnlyList<string> faults,
            ("Host", "smtp.example.com:587"), ("Port", "99999"), ("Security", "1"), ("Password", "sec\nret"), ("PasswordFile", "/no/such/file"), ("Timeout", "30"), ("MaxConnections", "0"),
            ("MessagesPerConnection", "many"), ("MessagesPerHour", "-1"), ("ClientName", "über uns"), ("CertificateAuthorityFile", "/no/such.pem"), ("Hots", "typo"),
            ("OAuth:TokenUrl", "http://login.example.com/token")).Should().BeNull();

        string[] keys =
        [
            "Host", "Port", "Security", "Password", "PasswordFile", "Timeout", "MaxConnections", "MessagesPerConnection", "MessagesPerHour", "ClientName", "CertificateAuthorityFile",
            "Hots", "UserName", "OAuth:TokenUrl", "OAuth:ClientId", "OAuth:RefreshToken",
        ];
        faults.Select(fault => fault.Split('\'')[1]).Distinct().Should().BeEquivalentTo(keys.Select(key => $"EngagementFlows:Mail:Smtp:{key}"));
        faults.Should().NotContain(fault => fault.Contains("ret'", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_Nothing_AsksForTheHost()
    {
        Read(out IReadOnlyList<string> faults).Should().BeNull();
        faults.Should().Equal("Setting 'EngagementFlows:Mail:Smtp:Host' is missing. It names the mail server, for example smtp.example.com.");
    }

    [Theory]
    [InlineData("mail.example.com", "None", true, false)]
    [InlineData("mail.example.com", "None", false, true)]
    [InlineData("localhost", "None", true, true)]
    [InlineData("127.0.0.1", "Auto", true, true)]
    [InlineData("mail.example.com", "Auto", true, true)]
    public void Read_PasswordInClear_OnlyToThisMachine(string host, string security, bool signsIn, bool isGood)
    {
        (string, string)[] settings = [("Host", host), ("Security", security), .. signsIn ? [("UserName", "u"), ("Password", "p")] : Array.Empty<(string, string)>()];

        (Read(out _, settings) is not null).Should().Be(isGood);
    }

    [Theory]
    [InlineData("Auto", "mail.example.com", null, 587, false, true)]
    [InlineData("Auto", "mail.example.com", "465", 465, true, false)]
    [InlineData("Auto", "mail.example.com", "25", 25, false, true)]
    [InlineData("Auto", "localhost", "1025", 1025, false, false)]
    [InlineData("Auto", "::1", "465", 465, true, false)]
    [InlineData("Tls", "mail.example.com", null, 465, true, false)]
    [InlineData("Tls", "mail.example.com", "587", 587, true, false)]
    [InlineData("StartTls", "localhost", null, 587, false, true)]
    [InlineData("None", "mail.example.com", null, 25, false, false)]
    public void Read_Security_DecidesPortAndTls(string security, string host, string? port, int effectivePort, bool implicitTls, bool startTls)
    {
        SmtpOptions options = Read([("Security", security), ("Host", host), .. port is null ? Array.Empty<(string, string)>() : [("Port", port)]])!;

        (options.EffectivePort, options.UsesImplicitTls, options.UsesStartTls).Should().Be((effectivePort, implicitTls, startTls));
    }

    [Fact]
    public void ToString_Options_HoldsNoSecret()
    {
        SmtpOptions options = Read(("Host", "smtp.example.com"), ("UserName", "u"), ("Password", "opensesame"))!;

        options.ToString().Should().Be("smtp.example.com:587");
    }

    private static SmtpOptions? Read(params (string Key, string Value)[] settings)
    {
        SmtpOptions? options = Read(out IReadOnlyList<string> faults, settings);
        faults.Should().BeEmpty();
        return options;
    }

    private static SmtpOptions? Read(out IReadOnlyList<string> faults, params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"EngagementFlows:Mail:Smtp:{setting.Key}", (string?)setting.Value)))
            .Build();
        SettingReader reader = new(configuration);
        SmtpOptions options = SmtpOptionsReader.Read(reader, "/", TimeSpan.FromMinutes(10));
        reader.RefuseUnknown();
        faults = reader.Faults;
        return faults.Count == 0 ? options : null;
    }
}
