using System.Text;
using EngagementFlows.Server.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>What is said, word for word, and what is never said.</summary>
public sealed class SmtpConversationTests
{
    [Fact]
    public async Task Submit_ToAFullServer_SaysThis()
    {
        await using FaultyMailServer server = new(null, default, new ManualClock());
        await using (SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port)))
            (await submission.SubmitAsync(SmtpSetup.Message)).Should().Be(new SubmissionResult.Accepted("250 2.0.0 queued as 4711"));

        server.Commands.Should().Equal(
            "EHLO [127.0.0.1]", "MAIL FROM:<flows@firm.example> SIZE=32", "RCPT TO:<client@customer.example>", "DATA", "QUIT");
        server.Messages.Should().Equal("Subject: Hello\r\n\r\nHow are you?\r\n.\r\n");
    }

    [Fact]
    public async Task Submit_ToABareServer_UsesNothingThatItDidNotOffer()
    {
        await using FaultyMailServer server = new(null, default, new ManualClock()) { Pipelining = false, Offers = [] };
        await using (SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port) with { ClientName = "flows.firm.example" }))
            await submission.SubmitAsync(SmtpSetup.Message);

        server.Commands.Should().Equal("EHLO flows.firm.example", "MAIL FROM:<flows@firm.example>", "RCPT TO:<client@customer.example>", "DATA", "QUIT");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Submit_Pipelining_SendsTheThreeCommandsAtOnce(bool offered)
    {
        List<bool> hadMore = [];
        await using ScriptedServer server = ScriptedServer.Start(async client =>
        {
            await client.SendAsync("220 mail.test\r\n");
            await client.ReadLineAsync();
            await client.SendAsync($"250-mail.test\r\n250 {(offered ? "PIPELINING" : "HELP")}\r\n");
            foreach (string answer in new[] { "250 ok", "250 ok", "354 go" })
            {
                await client.ReadLineAsync();
                hadMore.Add(client.HasMore);
                await client.SendAsync(answer + "\r\n");
            }

            await client.ReadMessageAsync();
            await client.SendAsync("250 done\r\n");
            await client.ReadLineAsync();
        });
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port));

        (await submission.SubmitAsync(SmtpSetup.Message)).Should().BeOfType<SubmissionResult.Accepted>();

        hadMore.Should().Equal(offered, offered, false);
    }

    [Fact]
    public async Task Submit_RefusedRecipientButDataLetIn_NeverSendsAnEnd()
    {
        TaskCompletionSource<byte[]?> content = new();
        await using ScriptedServer server = ScriptedServer.Start(async client =>
        {
            await client.SendAsync("220 mail.test\r\n");
            await client.ReadLineAsync();
            await client.SendAsync("250-mail.test\r\n250 PIPELINING\r\n");
            for (int line = 0; line < 3; line++)
                await client.ReadLineAsync();
            await client.SendAsync("250 ok\r\n550 5.1.1 nobody here\r\n354 go\r\n");
            content.SetResult(await client.ReadMessageAsync());
        });
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port));

        SubmissionResult result = await submission.SubmitAsync(SmtpSetup.Message);

        result.Should().Be(new SubmissionResult.Rejected("550 5.1.1 nobody here"));
        (await content.Task.WaitAsync(SmtpSetup.Patience)).Should().BeNull();
    }

    [Fact]
    public async Task Submit_InternationalAddresses_DomainsAsPunycodeAndUtf8OnlyForNames()
    {
        await using FaultyMailServer server = new(null, default, new ManualClock());
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port));

        await submission.SubmitAsync(SmtpSetup.Message with { To = "client@Bücher.example" });
        await submission.SubmitAsync(SmtpSetup.Message with { To = "王@例子.example" });

        server.Commands.Where(line => line.StartsWith("RCPT", StringComparison.Ordinal)).Should().Equal("RCPT TO:<client@xn--bcher-kva.example>", "RCPT TO:<王@xn--fsqu00a.example>");
        server.Commands.Where(line => line.StartsWith("MAIL", StringComparison.Ordinal)).Should().Equal(
            "MAIL FROM:<flows@firm.example> SIZE=32", "MAIL FROM:<flows@firm.example> SIZE=32 SMTPUTF8");
    }

    public static TheoryData<string, string, string> Unsendable() => new()
    {
        { "王@customer.example", "Subject: x\r\n\r\nx\r\n", "SMTPUTF8" },
        { "client@customer.example", "Subject: ü\r\n\r\nx\r\n", "SMTPUTF8" },
        { "client@customer.example", "Subject: x\r\n\r\nü\r\n", "8BITMIME" },
        { "client@customer.example", "Subject: x\r\n\r\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n", "SIZE" },
        { "client@customer.example", "Subject: x\r\n\r\n\0\r\n", "NUL" },
        { "client@customer.example\r\nRCPT TO:<victim@elsewhere.example>", "Subject: x\r\n\r\nx\r\n", "U+000D" },
    };

    [Theory]
    [MemberData(nameof(Unsendable))]
    public async Task Submit_WhatTheServerCannotTake_IsRejectedUnsent(string to, string content, string words)
    {
        await using FaultyMailServer server = new(null, default, new ManualClock()) { Offers = ["SIZE 40"] };
        bool asked = false;
        await using (SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port)))
        {
            SubmissionResult result = await submission.SubmitAsync(
                new SmtpMessage("flows@firm.example", to, Encoding.UTF8.GetBytes(content)), _ => Task.FromResult(asked = true), CancellationToken.None);
            result.Should().BeOfType<SubmissionResult.Rejected>().Which.Words.Should().Contain(words);
        }

        asked.Should().BeFalse();
        server.Commands.Should().NotContain(line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_HookSaysNo_NothingIsSentAndTheSessionGoesOn()
    {
        await using FaultyMailServer server = new(null, default, new ManualClock());
        await using (SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port)))
        {
            (await submission.SubmitAsync(SmtpSetup.Message, _ => Task.FromResult(false), CancellationToken.None)).Should().Be(new SubmissionResult.Withheld());
            (await submission.SubmitAsync(SmtpSetup.Message)).Should().BeOfType<SubmissionResult.Accepted>();
        }

        server.Connections.Should().Be(1);
        server.Commands.Select(line => line[..4]).Should().Equal("EHLO", "RSET", "MAIL", "RCPT", "DATA", "QUIT");
    }

    [Fact]
    public async Task Submit_HookThrows_ItComesThroughAndNothingIsSent()
    {
        await using FaultyMailServer server = new(null, default, new ManualClock());
        await using (SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port)))
        {
            Func<Task> submitting = () => submission.SubmitAsync(SmtpSetup.Message, _ => throw new InvalidDataException("database away"), CancellationToken.None);
            await submitting.Should().ThrowAsync<InvalidDataException>();
        }

        server.Commands.Select(line => line[..4]).Should().Equal("EHLO", "QUIT");
    }

    [Fact]
    public async Task Submit_Hook_IsAskedAfterSignInAndBeforeMail()
    {
        await using FaultyMailServer server = new(null, default, new ManualClock());
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.StartTls(server.Port));
        string[] before = [];

        await submission.SubmitAsync(
            SmtpSetup.Message,
            _ =>
            {
                before = [.. server.Commands.Select(line => line[..4])];
                return Task.FromResult(true);
            },
            CancellationToken.None);

        before.Should().Equal("EHLO", "STAR", "EHLO", "AUTH");
    }

    [Fact]
    public async Task Submit_AnswersOfSeveralLines_AreReadAsOne()
    {
        await using ScriptedServer server = ScriptedServer.Start(async client =>
        {
            await client.SendAsync("220-mail.test\r\n220-No spam.\r\n220\r\n");
            await client.ReadLineAsync();
            await client.SendAsync("250 mail.test\n");
            foreach (string answer in new[] { "250-a\r\n250 b", "250 ok", "354-go\r\n354 on" })
            {
                await client.ReadLineAsync();
                await client.SendAsync(answer + "\r\n");
            }

            await client.ReadMessageAsync();
            await client.SendAsync("250-taken\u0007\r\n250-\r\n250 as 1\r\n");
            await client.ReadLineAsync();
        });
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port));

        (await submission.SubmitAsync(SmtpSetup.Message)).Should().Be(new SubmissionResult.Accepted("250 taken?  as 1"));
    }
}
