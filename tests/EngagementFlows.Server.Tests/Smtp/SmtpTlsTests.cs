using System.Security.Cryptography.X509Certificates;
using EngagementFlows.Server.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>Nothing that matters is said to a server that is not the right one, or on a line that somebody meddles with.</summary>
public sealed class SmtpTlsTests
{
    public static TheoryData<string, string, bool> BadCertificates() => new()
    {
        { nameof(TestCertificates.Expired), "NotTimeValid", true },
        { nameof(TestCertificates.Expired), "NotTimeValid", false },
        { nameof(TestCertificates.NotYetValid), "NotTimeValid", false },
        { nameof(TestCertificates.OtherHost), "not made out to 'localhost'", true },
        { nameof(TestCertificates.OtherHost), "not made out to 'localhost'", false },
        { nameof(TestCertificates.SelfSigned), "UntrustedRoot", true },
        { nameof(TestCertificates.SelfSigned), "UntrustedRoot", false },
    };

    [Theory]
    [MemberData(nameof(BadCertificates))]
    public async Task Submit_BadCertificate_SaysNothingUnderIt(string certificate, string words, bool implicitTls)
    {
        List<string?> heard = [];
        X509Certificate2 shown = (X509Certificate2)typeof(TestCertificates).GetProperty(certificate)!.GetValue(null)!;
        await using (ScriptedServer server = ScriptedServer.Start(client => GreetAsync(client, shown, implicitTls, heard)))
        {
            SmtpOptions options = SmtpSetup.StartTls(server.Port) with { Security = implicitTls ? SmtpSecurity.Tls : SmtpSecurity.StartTls };
            await using SmtpSubmission submission = SmtpSetup.Submission(options);

            SubmissionResult result = await submission.SubmitAsync(SmtpSetup.Message);

            result.Should().BeOfType<SubmissionResult.NotAccepted>().Which.Reason.Should().Contain("certificate").And.Contain(words);
            await server.PlayedAsync();
        }

        heard.Where(line => line is not null && !line.StartsWith("EHLO", StringComparison.Ordinal) && line != "STARTTLS").Should().BeEmpty();
    }

    [Fact]
    public async Task Submit_StartTlsStripped_SendsNeitherPasswordNorMail()
    {
        List<string?> heard = [];
        await using (ScriptedServer server = ScriptedServer.Start(async client =>
        {
            await client.SendAsync("220 mail.test\r\n");
            heard.Add(await client.ReadLineAsync());
            await client.SendAsync("250-mail.test\r\n250-XXXXXXXA\r\n250 AUTH PLAIN LOGIN CRAM-MD5\r\n");
            heard.Add(await client.ReadLineAsync());
        }))
        {
            await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.StartTls(server.Port));

            SubmissionResult result = await submission.SubmitAsync(SmtpSetup.Message);

            result.Should().BeOfType<SubmissionResult.NotAccepted>().Which.Reason.Should().Contain("does not offer STARTTLS");
            await server.PlayedAsync();
        }

        heard.Should().HaveCount(2);
        heard[0].Should().StartWith("EHLO ");
        heard[1].Should().BeNull();
    }

    [Fact]
    public async Task Submit_PlaintextBehindStartTlsAnswer_IsNotTakenForTheServersWord()
    {
        int handshakes = 0;
        await using ScriptedServer server = ScriptedServer.Start(async client =>
        {
            await client.SendAsync("220 mail.test\r\n");
            await client.ReadLineAsync();
            await client.SendAsync("250-mail.test\r\n250 STARTTLS\r\n");
            await client.ReadLineAsync();
            await client.SendAsync("220 go ahead\r\n250-mail.test\r\n250 AUTH PLAIN\r\n235 welcome\r\n");
            await client.StartTlsAsync(TestCertificates.Good);
            handshakes++;
        });
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.StartTls(server.Port));

        SubmissionResult result = await submission.SubmitAsync(SmtpSetup.Message);

        result.Should().BeOfType<SubmissionResult.NotAccepted>().Which.Reason.Should().Contain("spoke out of turn");
        await server.PlayedAsync();
        handshakes.Should().Be(0);
    }

    [Fact]
    public async Task Submit_OffersInClear_AreForgottenUnderTls()
    {
        List<string?> heard = [];
        await using ScriptedServer server = ScriptedServer.Start(async client =>
        {
            await client.SendAsync("220 mail.test\r\n");
            await client.ReadLineAsync();
            await client.SendAsync("250-mail.test\r\n250-STARTTLS\r\n250-SMTPUTF8\r\n250 AUTH PLAIN\r\n");
            await client.ReadLineAsync();
            await client.SendAsync("220 go ahead\r\n");
            await client.StartTlsAsync(TestCertificates.Good);
            await client.ReadLineAsync();
            await client.SendAsync("250-mail.test\r\n250 AUTH GSSAPI\r\n");
            heard.Add(await client.ReadLineAsync());
        });
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.StartTls(server.Port));

        SubmissionResult result = await submission.SubmitAsync(SmtpSetup.Message);

        result.Should().BeOfType<SubmissionResult.NotAccepted>().Which.Reason.Should().Contain("the server offers 'GSSAPI'");
        await server.PlayedAsync();
        heard.Should().Equal([null], "a line that was refused is closed without another word");
    }

    private static async Task GreetAsync(ScriptedConnection client, X509Certificate2 certificate, bool implicitTls, List<string?> heard)
    {
        if (!implicitTls)
        {
            await client.SendAsync("220 mail.test\r\n");
            heard.Add(await client.ReadLineAsync());
            await client.SendAsync("250-mail.test\r\n250 STARTTLS\r\n");
            heard.Add(await client.ReadLineAsync());
            await client.SendAsync("220 go ahead\r\n");
        }

        await client.StartTlsAsync(certificate);
        await client.SendAsync(implicitTls ? "220 mail.test\r\n" : "");
        while (await client.ReadLineAsync() is { } line)
        {
            heard.Add(line);
            await client.SendAsync("250 AUTH PLAIN\r\n");
        }
    }
}
