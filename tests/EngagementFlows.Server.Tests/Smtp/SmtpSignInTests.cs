using System.Net;
using System.Text;
using EngagementFlows.Server.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

public sealed class SmtpSignInTests
{
    private readonly List<string> _heard = [];

    [Fact]
    public async Task SignIn_Plain_SendsNamesAsUtf8()
    {
        await SignInAsync(Password("tim", "tänstaaf"), "PLAIN CRAM-MD5 LOGIN", "235 ok");

        _heard.Should().Equal($"AUTH PLAIN {Base64("\0tim\0tänstaaf")}");
    }

    [Fact]
    public async Task SignIn_Login_AnswersBothQuestions()
    {
        await SignInAsync(Password("tim", "tanstaaf"), "CRAM-MD5 LOGIN", "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 ok");

        _heard.Should().Equal("AUTH LOGIN", Base64("tim"), Base64("tanstaaf"));
    }

    [Fact]
    public async Task SignIn_CramMd5_GivesTheDigestOfRfc2195()
    {
        await SignInAsync(Password("tim", "tanstaaftanstaaf"), "CRAM-MD5", $"334 {Base64("<1896.697170952@postoffice.reston.mci.net>")}", "235 ok");

        _heard.Should().Equal("AUTH CRAM-MD5", Base64("tim b913a602c7eda7a495b4e6e7334d3890"));
    }

    [Fact]
    public async Task SignIn_PasswordFile_IsReadForEachConnectionWithoutItsLineEnd()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "tanstaaf\r\n");

            await SignInAsync(port => SmtpSetup.Plain(port) with { UserName = "tim", PasswordFile = file }, "PLAIN", "235 ok");

            _heard.Should().Equal($"AUTH PLAIN {Base64("\0tim\0tanstaaf")}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("PLAIN", "535 5.7.8 no", "was refused: '535 5.7.8 no'")]
    [InlineData("PLAIN", "454 4.7.0 later", "was refused: '454 4.7.0 later'")]
    [InlineData("PLAIN", "250 fine", "was refused: '250 fine'")]
    [InlineData("LOGIN", "504 no", "was refused: '504 no'")]
    [InlineData("CRAM-MD5", "334 ***", "challenge is not base64")]
    [InlineData("GSSAPI NTLM", "", "the server offers 'GSSAPI NTLM'")]
    public async Task SignIn_Refused_IsNotAcceptedWithTheServersWords(string mechanisms, string answer, string words)
    {
        SubmissionResult result = await SignInAsync(Password("tim", "tanstaaf"), mechanisms, answer);

        result.Should().BeOfType<SubmissionResult.NotAccepted>().Which.Reason.Should().Contain(words).And.NotContain("tanstaaf");
    }

    [Fact]
    public async Task SignIn_PasswordFileMissing_SaysWhichSetting()
    {
        SubmissionResult result = await SignInAsync(port => SmtpSetup.Plain(port) with { UserName = "tim", PasswordFile = "/no/such/file" }, "PLAIN");

        result.Should().BeOfType<SubmissionResult.NotAccepted>().Which.Reason.Should().Contain("'/no/such/file' of the setting 'EngagementFlows:Mail:Smtp:PasswordFile'");
    }

    [Fact]
    public async Task SignIn_LineWithoutTls_NoPasswordTravels()
    {
        // Such settings are refused at start; the client does not rely on it. The name stands for a host that is not this machine.
        SmtpOptions options = new() { Host = "mail.example", Security = SmtpSecurity.None, UserName = "tim", Password = "tanstaaf" };
        await using ScriptedServer server = ScriptedServer.Start(_ => Task.CompletedTask);
        using SmtpDeadline deadline = new(TimeProvider.System);
        deadline.Arm(SmtpSetup.Patience);
        using SmtpChannel channel = new(await SmtpDial.ConnectAsync(SmtpSetup.Plain(server.Port), deadline, TimeProvider.System), deadline, SmtpSetup.Patience);
        SmtpExtensions offered = SmtpExtensions.Read(new SmtpReply(250, ["mail.example", "AUTH PLAIN LOGIN"]));

        Func<Task> signingIn = () => new SmtpSignIn(options, null).RunAsync(channel, offered, CancellationToken.None);

        await signingIn.Should().ThrowAsync<SmtpBrokenException>().WithMessage("*on a line without TLS CRAM-MD5 can be used.");
    }

    [Fact]
    public async Task SignIn_Token_IsFetchedByRefreshTokenAndKept()
    {
        using TokenEndpoint endpoint = new("token-1", "token-2");
        ManualClock clock = new();
        await using ScriptedServer server = Server("XOAUTH2", "235 ok");
        await using SmtpSubmission submission = SmtpSetup.Submission(endpoint.Options(server.Port), clock, endpoint.Http);

        await submission.SubmitAsync(SmtpSetup.Message);
        clock.Advance(TimeSpan.FromMinutes(58));
        await submission.SubmitAsync(SmtpSetup.Message);
        clock.Advance(TimeSpan.FromMinutes(5));
        await submission.SubmitAsync(SmtpSetup.Message);

        _heard.Should().Equal(Bearer("token-1"), Bearer("token-1"), Bearer("token-2"));
        endpoint.Requests.Should().HaveCount(2);
        endpoint.Requests[0].Should().Be("grant_type=refresh_token&refresh_token=refresh-1&client_id=id+1&client_secret=s%26cret&scope=mail.send");
    }

    [Fact]
    public async Task SignIn_KeptTokenWasRevoked_TakesANewOne()
    {
        using TokenEndpoint endpoint = new("token-1", "token-2");
        ManualClock clock = new();
        Queue<string> answers = new(["235 ok", "334 eyJzdGF0dXMiOiI0MDEifQ==", "535 5.7.8 expired", "235 ok"]);
        await using ScriptedServer server = Server("XOAUTH2", answers);
        await using SmtpSubmission submission = SmtpSetup.Submission(endpoint.Options(server.Port), clock, endpoint.Http);

        await submission.SubmitAsync(SmtpSetup.Message);
        clock.Advance(TimeSpan.FromMinutes(2));
        SubmissionResult second = await submission.SubmitAsync(SmtpSetup.Message);

        second.Should().BeOfType<SubmissionResult.NotAccepted>("the server of this test serves no mail");
        _heard.Should().Equal(Bearer("token-1"), Bearer("token-1"), "", Bearer("token-2"));
    }

    [Fact]
    public async Task SignIn_RefreshTokenReplaced_UsesTheNewOne()
    {
        using TokenEndpoint endpoint = new(request =>
            (HttpStatusCode.OK, $$"""{"access_token":"token-{{request}}","expires_in":60,"refresh_token":"refresh-{{request + 1}}"}"""));
        using SmtpAccessTokens tokens = new(endpoint.Options(1).OAuth!, endpoint.Http, new ManualClock());

        await tokens.GetAsync(CancellationToken.None);
        await tokens.GetAsync(CancellationToken.None);

        endpoint.Requests[1].Should().Contain("refresh_token=refresh-2");
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Token has been revoked."}""", "it answered 400 'invalid_grant' Token has been revoked.")]
    [InlineData(200, "<html>", "'<' is an invalid start of a value")]
    [InlineData(200, """{"access_token":17}""", "it answered 200")]
    [InlineData(200, """["access_token"]""", "it answered 200")]
    [InlineData(200, """{"access_token":"a\r\nQUIT"}""", "its token holds characters that no token has")]
    public async Task Token_NotGiven_SaysWhy(int status, string body, string words)
    {
        using TokenEndpoint endpoint = new(_ => ((HttpStatusCode)status, body));
        using SmtpAccessTokens tokens = new(endpoint.Options(1).OAuth!, endpoint.Http, new ManualClock());

        Func<Task> getting = () => tokens.GetAsync(CancellationToken.None);

        (await getting.Should().ThrowAsync<SmtpBrokenException>()).Which.Message.Should().Contain(words).And.Contain("EngagementFlows:Mail:Smtp:OAuth").And.NotContain("refresh-1");
    }

    [Fact]
    public async Task Token_EndlessAnswer_IsNotRead()
    {
        using TokenEndpoint endpoint = new(_ => (HttpStatusCode.OK, new string(' ', 1_000_000)));
        using SmtpAccessTokens tokens = new(endpoint.Options(1).OAuth!, endpoint.Http, new ManualClock());

        Func<Task> getting = () => tokens.GetAsync(CancellationToken.None);

        await getting.Should().ThrowAsync<SmtpBrokenException>();
    }

    private static Func<int, SmtpOptions> Password(string user, string password) => port => SmtpSetup.Plain(port) with { UserName = user, Password = password };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Bearer(string token) => $"AUTH XOAUTH2 {Base64($"user=flows@firm.example\u0001auth=Bearer {token}\u0001\u0001")}";

    private async Task<SubmissionResult> SignInAsync(Func<int, SmtpOptions> options, string mechanisms, params string[] answers)
    {
        await using ScriptedServer server = Server(mechanisms, answers);
        await using SmtpSubmission submission = SmtpSetup.Submission(options(server.Port), new ManualClock());
        return await submission.SubmitAsync(SmtpSetup.Message);
    }

    private ScriptedServer Server(string mechanisms, params string[] answers) => Server(mechanisms, new Queue<string>(answers), answers);

    private ScriptedServer Server(string mechanisms, Queue<string> answers, string[]? forEach = null) => ScriptedServer.Start(async client =>
    {
        Queue<string> left = forEach is null ? answers : new Queue<string>(forEach);
        await client.SendAsync("220 mail.test\r\n");
        await client.ReadLineAsync();
        await client.SendAsync($"250-mail.test\r\n250 AUTH {mechanisms}\r\n");
        for (bool isIn = false; !isIn && left.Count > 0 && await client.ReadLineAsync() is { } line;)
        {
            _heard.Add(line);
            string answer = left.Dequeue();
            isIn = answer.StartsWith("235", StringComparison.Ordinal);
            await client.SendAsync(answer + "\r\n");
        }
    });
}
