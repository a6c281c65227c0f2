using EngagementFlows.Server.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

public sealed class SmtpProbeTests
{
    [Fact]
    public async Task Probe_GoodServer_TellsEachStepAndSendsNothing()
    {
        await using FaultyMailServer server = new(null, default, new ManualClock());

        IReadOnlyList<SmtpStep> steps = await ProbeAsync(SmtpSetup.StartTls(server.Port));

        steps.Select(step => step.Name).Should().Equal("connect", "greeting", "tls", "offers", "sign-in", "quit");
        steps.Should().OnlyContain(step => step.Succeeded);
        steps[2].Words.Should().Contain("Tls1").And.Contain("'CN=localhost'");
        steps[3].Words.Should().Be("The server offers: AUTH PLAIN LOGIN, PIPELINING, 8BITMIME, SMTPUTF8, SIZE 50000000.");
        steps[4].Words.Should().Be("Signed in as 'flows@firm.example' with PLAIN.");
        server.Commands.Should().NotContain(line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ServerPoint.Greeting, new[] { "connect", "fault" })]
    [InlineData(ServerPoint.Handshake, new[] { "connect", "greeting", "fault" })]
    [InlineData(ServerPoint.Auth, new[] { "connect", "greeting", "tls", "offers", "fault" })]
    public async Task Probe_ServerFails_TellsHowFarItCame(ServerPoint point, string[] names)
    {
        await using FaultyMailServer server = new(point, ServerFault.Say5xx, new ManualClock());

        IReadOnlyList<SmtpStep> steps = await ProbeAsync(SmtpSetup.StartTls(server.Port));

        steps.Select(step => step.Name).Should().Equal(names);
        steps[^1].Succeeded.Should().BeFalse();
    }

    private static async Task<IReadOnlyList<SmtpStep>> ProbeAsync(SmtpOptions options)
    {
        using HttpClient http = new();
        return await SmtpProbe.ProbeAsync(options, http, TimeProvider.System, CancellationToken.None).WaitAsync(SmtpSetup.Patience);
    }
}
