using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Server.Smtp;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Smtp;

public sealed class SmtpMailSenderTests
{
    private static readonly ClaimedEffect Effect = new(Guid.Parse("019386a0-0000-7000-8000-000000000001"), null, "mail", "key", 1, "{}");
    private static readonly OutgoingMail Mail = new("flows@firm.example", "client@customer.example", "<key@firm.example>", SmtpSetup.Message.Content);

    public static TheoryData<ServerPoint?, ServerFault, SendOutcome> Endings() => new()
    {
        { null, default, new SendAccepted("250 2.0.0 queued as 4711") },
        { ServerPoint.Rcpt, ServerFault.Say5xx, new SendRejected("550 5.7.1 never") },
        { ServerPoint.End, ServerFault.Say4xx, new SendAgain("The server did not take the message: '451 4.7.1 later please'.") },
        { ServerPoint.End, ServerFault.HangUp, new SendUncertain("The whole message was sent, but whether the server took it is not known. The server closed the connection before the answer to the message came.") },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Send_ServerAnswers_EndsAccordingly(ServerPoint? point, ServerFault fault, SendOutcome ending)
    {
        await using FaultyMailServer server = new(point, fault, new ManualClock());

        (await SendAsync(server, _ => Mail, mayBegin: true)).Should().Be(ending);
    }

    [Fact]
    public async Task Send_LeaseLost_LeavesItToTheOther()
    {
        await using FaultyMailServer server = new(null, default, new ManualClock());

        (await SendAsync(server, _ => Mail, mayBegin: false)).Should().Be(new SendLeft());
        server.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task Send_NoSuchMail_IsRejected()
    {
        await using FaultyMailServer server = new(null, default, new ManualClock());

        (await SendAsync(server, _ => null, mayBegin: true)).Should().BeOfType<SendRejected>().Which.Answer.Should().Contain(Effect.Id.ToString());
    }

    [Fact]
    public async Task Send_AddressIsNone_IsRejected()
    {
        await using FaultyMailServer server = new(null, default, new ManualClock());

        (await SendAsync(server, _ => throw new FormatException("'x' is no address."), mayBegin: true)).Should().Be(new SendRejected("'x' is no address."));
    }

    [Fact]
    public async Task Send_HoursLimitReached_IsPostponedAndCountsForNothing()
    {
        await using FaultyMailServer server = new(null, default, new ManualClock());
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port) with { MessagesPerHour = 1 }, new ManualClock());
        SmtpMailSender sender = new((_, _) => Task.FromResult<OutgoingMail?>(Mail), submission);
        await sender.SendAsync(Effect, _ => Task.FromResult(true), CancellationToken.None);

        SendOutcome second = await sender.SendAsync(Effect, _ => Task.FromResult(true), CancellationToken.None);

        second.Should().BeOfType<SendLater>().Which.After.Should().Be(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Send_NobodyListens_RestsAsLongAsTheHost()
    {
        using ClosedPort port = new();
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(port.Number), new ManualClock());
        SmtpMailSender sender = new((_, _) => Task.FromResult<OutgoingMail?>(Mail), submission);

        SendOutcome outcome = await sender.SendAsync(Effect, _ => Task.FromResult(true), CancellationToken.None);

        outcome.Should().BeOfType<SendAgain>().Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(1));
    }

    private static async Task<SendOutcome> SendAsync(FaultyMailServer server, Func<Guid, OutgoingMail?> load, bool mayBegin)
    {
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port));
        SmtpMailSender sender = new((id, _) => Task.FromResult(load(id)), submission);
        return await sender.SendAsync(Effect, _ => Task.FromResult(mayBegin), CancellationToken.None).WaitAsync(SmtpSetup.Patience);
    }
}
