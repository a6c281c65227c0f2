using System.Text;
using EngagementFlows.Server.Smtp;
using EngagementFlows.Testing.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>Against npm <c>smtp-server</c>: somebody else's reading of what we say.</summary>
public sealed class SmtpPeerTests
{
    private const string Password = "päss wörd\u00a0\"<>&";

    private static readonly byte[] Awkward = Encoding.UTF8.GetBytes(
        "Subject: Dots and lengths\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + ".\r\n..\r\n.leading\r\nnot . leading\r\n...\r\n"
        + new string('x', 998) + "\r\n." + new string('y', 997) + "\r\n"
        + "Grüße, 您好, 🙂\r\n\r\n \r\n.\r\n");

    [Theory]
    [InlineData("PLAIN", true)]
    [InlineData("LOGIN", true)]
    [InlineData("CRAM-MD5", true)]
    [InlineData("PLAIN", false)]
    [InlineData("LOGIN", false)]
    [InlineData("CRAM-MD5", false)]
    public async Task Submit_WithPassword_ArrivesByteForByte(string mechanism, bool implicitTls)
    {
        await using SmtpPeer peer = await SmtpPeer.StartAsync(new
        {
            secure = implicitTls,
            authMethods = new[] { mechanism },
            cert = TestCertificates.GoodPem.Certificate,
            key = TestCertificates.GoodPem.Key,
            password = Password,
        });
        SmtpOptions options = SmtpSetup.StartTls(peer.Port) with { Password = Password, Security = implicitTls ? SmtpSecurity.Tls : SmtpSecurity.StartTls, ClientName = "flows.firm.example" };
        await using SmtpSubmission submission = SmtpSetup.Submission(options);

        SubmissionResult result = await submission.SubmitAsync(SmtpSetup.Message with { Content = Awkward });

        result.Should().BeOfType<SubmissionResult.Accepted>().Which.ServerReply.Should().StartWith("250 ");
        SmtpPeerMessage message = await peer.NextAsync();
        message.Content.Should().Equal(Awkward);
        message.From.Should().Be("flows@firm.example");
        message.To.Should().Equal("client@customer.example");
        message.Secure.Should().BeTrue();
        message.User.Should().Be("flows@firm.example");
        message.Hello.Should().Be("flows.firm.example");
        message.BodyType.Should().Be("8bitmime");
    }

    [Fact]
    public async Task Submit_WithAccessToken_SignsInByXoauth2()
    {
        await using SmtpPeer peer = await SmtpPeer.StartAsync(new { authMethods = new[] { "XOAUTH2" }, hideSTARTTLS = true, token = "token-1" });
        using TokenEndpoint endpoint = new("token-1");
        await using SmtpSubmission submission = SmtpSetup.Submission(endpoint.Options(peer.Port), http: endpoint.Http);

        SubmissionResult result = await submission.SubmitAsync(SmtpSetup.Message);

        result.Should().BeOfType<SubmissionResult.Accepted>();
        (await peer.NextAsync()).User.Should().Be("flows@firm.example");
    }

    [Fact]
    public async Task Submit_WithRefusedToken_TellsTheServersWords()
    {
        await using SmtpPeer peer = await SmtpPeer.StartAsync(new { authMethods = new[] { "XOAUTH2" }, hideSTARTTLS = true, token = "another" });
        using TokenEndpoint endpoint = new("token-1");
        await using SmtpSubmission submission = SmtpSetup.Submission(endpoint.Options(peer.Port), http: endpoint.Http);

        SubmissionResult result = await submission.SubmitAsync(SmtpSetup.Message);

        result.Should().BeOfType<SubmissionResult.NotAccepted>().Which.Reason.Should().Contain("with XOAUTH2 was refused: '535");
    }

    [Fact]
    public async Task Submit_WithWrongPassword_IsNotAcceptedAndPauses()
    {
        await using SmtpPeer peer = await SmtpPeer.StartAsync(new { authMethods = new[] { "PLAIN" }, hideSTARTTLS = true, allowInsecureAuth = true, password = "right" });
        SmtpOptions options = SmtpSetup.Plain(peer.Port) with { UserName = "flows@firm.example", Password = "wrong" };
        await using SmtpSubmission submission = SmtpSetup.Submission(options, new ManualClock());

        SubmissionResult.NotAccepted first = (SubmissionResult.NotAccepted)await submission.SubmitAsync(SmtpSetup.Message);
        SubmissionResult second = await submission.SubmitAsync(SmtpSetup.Message);

        first.Reason.Should().Contain("Signing in as 'flows@firm.example' with PLAIN was refused: '535").And.NotContain("wrong");
        first.RetryAfter.Should().Be(TimeSpan.FromSeconds(1));
        second.Should().Be(first, "a second try within the pause would be a second failed sign-in");
    }

    [Fact]
    public async Task Submit_InternationalAddresses_ArriveAsPunycodeAndUtf8()
    {
        await using SmtpPeer peer = await SmtpPeer.StartAsync(new { authOptional = true, hideSTARTTLS = true });
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(peer.Port));

        await submission.SubmitAsync(SmtpSetup.Message with { To = "client@Bücher.example" });
        SmtpPeerMessage domain = await peer.NextAsync();
        await submission.SubmitAsync(SmtpSetup.Message with { To = "王@例子.example" });
        SmtpPeerMessage local = await peer.NextAsync();

        // The peer shows punycode decoded; what went over the line is checked by SmtpConversationTests.
        domain.To[0].Should().BeOneOf("client@xn--bcher-kva.example", "client@bücher.example");
        domain.SmtpUtf8.Should().BeFalse();
        local.To[0].Should().StartWith("王@");
        local.SmtpUtf8.Should().BeTrue();
    }

    [Fact]
    public async Task Submit_RefusedRecipient_IsRejectedAndTheNextGoesThrough()
    {
        await using SmtpPeer peer = await SmtpPeer.StartAsync(new { authOptional = true, hideSTARTTLS = true, refuse = "gone@customer.example" });
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(peer.Port));

        SubmissionResult refused = await submission.SubmitAsync(SmtpSetup.Message with { To = "gone@customer.example" });
        SubmissionResult taken = await submission.SubmitAsync(SmtpSetup.Message);

        refused.Should().Be(new SubmissionResult.Rejected("550 no such mailbox"));
        taken.Should().BeOfType<SubmissionResult.Accepted>();
        (await peer.NextAsync()).To.Should().Equal("client@customer.example");
    }

    [Fact]
    public async Task Submit_LargerThanTheServersSize_IsRejectedWithoutAskingIt()
    {
        await using SmtpPeer peer = await SmtpPeer.StartAsync(new { authOptional = true, hideSTARTTLS = true, size = 1000 });
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(peer.Port));

        SubmissionResult result = await submission.SubmitAsync(SmtpSetup.LargeMessage);

        result.Should().BeOfType<SubmissionResult.Rejected>().Which.Words.Should().Contain("takes at most 1,000 (SIZE)");
    }

    [Fact]
    public async Task Submit_ServerHidesItsSize_ItsLaterRefusalIsARejection()
    {
        await using SmtpPeer peer = await SmtpPeer.StartAsync(new { authOptional = true, hideSTARTTLS = true, size = 1000, hideSize = true });
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(peer.Port));

        SubmissionResult result = await submission.SubmitAsync(SmtpSetup.LargeMessage);

        result.Should().Be(new SubmissionResult.Rejected("552 too large"));
    }
}
