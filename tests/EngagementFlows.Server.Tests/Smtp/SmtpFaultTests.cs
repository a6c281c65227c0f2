using EngagementFlows.Server.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>Every fault at every point of the conversation: the result never says more than is known, and the next message goes through.</summary>
public sealed class SmtpFaultTests
{
    public static TheoryData<ServerPoint, ServerFault, bool> All()
    {
        TheoryData<ServerPoint, ServerFault, bool> all = [];
        foreach (ServerPoint point in Enum.GetValues<ServerPoint>().Where(point => point <= ServerPoint.Quit))
        {
            foreach (ServerFault fault in Enum.GetValues<ServerFault>())
            {
                all.Add(point, fault, true);
                all.Add(point, fault, false);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Submit_ServerFails_EndsAsFarAsIsKnown(ServerPoint point, ServerFault fault, bool pipelining)
    {
        ManualClock clock = new();
        await using FaultyMailServer server = new(point, fault, clock) { Pipelining = pipelining };
        SmtpMessage message = point == ServerPoint.Content ? SmtpSetup.LargeMessage : SmtpSetup.Message;
        int asked = 0;
        SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.StartTls(server.Port), clock);

        Task<SubmissionResult> submitting = submission.SubmitAsync(message, _ => Task.FromResult(++asked > 0), CancellationToken.None);
        await WaitAsync(submitting, server, clock);
        SubmissionResult result = await submitting;

        Expected(point, fault).Should().Contain(result.GetType(), "the result was {0}", result);
        asked.Should().Be(IsBeforeMail(point, fault) ? 0 : 1);
        AgreesWithTheBooks(result, server);

        // The pause after a failed connection is over; whatever is left of the broken conversation must not reach this one.
        if (result is SubmissionResult.NotAccepted)
            clock.Advance(TimeSpan.FromMinutes(5));
        SubmissionResult next = await submission.SubmitAsync(SmtpSetup.Message);
        // A hang-up right after a good answer may be on its way still when the connection is taken again: surely not accepted, and the one after it is.
        if (fault == ServerFault.HangUpAfter && next is SubmissionResult.NotAccepted)
            next = await submission.SubmitAsync(SmtpSetup.Message);
        next.Should().Be(new SubmissionResult.Accepted("250 2.0.0 queued as 4711"));
        await WaitAsync(submission.DisposeAsync().AsTask(), server, clock);
    }

    public static TheoryData<string, ServerPoint, ServerFault> SignIns()
    {
        TheoryData<string, ServerPoint, ServerFault> all = [];
        foreach (ServerFault fault in Enum.GetValues<ServerFault>())
        {
            foreach (ServerPoint point in new[] { ServerPoint.Auth, ServerPoint.AuthName, ServerPoint.AuthSecret })
                all.Add("LOGIN", point, fault);
            foreach (ServerPoint point in new[] { ServerPoint.Auth, ServerPoint.AuthSecret })
                all.Add("CRAM-MD5", point, fault);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(SignIns))]
    public async Task Submit_SignInFailsAtAnyOfItsSteps_IsSurelyNotAccepted(string mechanism, ServerPoint point, ServerFault fault)
    {
        ManualClock clock = new();
        await using FaultyMailServer server = new(point, fault, clock) { Mechanisms = mechanism };
        SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.StartTls(server.Port), clock);

        Task<SubmissionResult> submitting = submission.SubmitAsync(SmtpSetup.Message);
        await WaitAsync(submitting, server, clock);

        (await submitting).Should().BeOfType<SubmissionResult.NotAccepted>();
        server.Messages.Should().BeEmpty();
        clock.Advance(TimeSpan.FromMinutes(5));
        (await submission.SubmitAsync(SmtpSetup.Message)).Should().Be(new SubmissionResult.Accepted("250 2.0.0 queued as 4711"));
        await WaitAsync(submission.DisposeAsync().AsTask(), server, clock);
    }

    public static TheoryData<ServerFault> Faults() => [.. Enum.GetValues<ServerFault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Submit_ResetFailsBetweenTwoMessages_TheSecondIsAcceptedOnce(ServerFault fault)
    {
        ManualClock clock = new();
        await using FaultyMailServer server = new(ServerPoint.Rset, fault, clock);
        SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.StartTls(server.Port), clock);
        // Withheld at the last moment: the session must be reset before the next message.
        (await submission.SubmitAsync(SmtpSetup.Message, _ => Task.FromResult(false), CancellationToken.None)).Should().BeOfType<SubmissionResult.Withheld>();

        Task<SubmissionResult> submitting = submission.SubmitAsync(SmtpSetup.Message);
        // Once past the time-out: the new connection must not lose its time too.
        if (await Task.WhenAny(submitting, server.Silent.Task).WaitAsync(SmtpSetup.Patience) != submitting)
            clock.Advance(TimeSpan.FromSeconds(31));
        SubmissionResult result = await submitting.WaitAsync(SmtpSetup.Patience);
        // A good answer and then a hang-up, or one answer too many, are found out by MAIL.
        if (fault is ServerFault.HangUpAfter or ServerFault.Twice && result is SubmissionResult.NotAccepted)
            result = await submission.SubmitAsync(SmtpSetup.Message);

        result.Should().Be(new SubmissionResult.Accepted("250 2.0.0 queued as 4711"));
        server.Messages.Should().ContainSingle();
        await WaitAsync(submission.DisposeAsync().AsTask(), server, clock);
    }

    private static Type[] Expected(ServerPoint point, ServerFault fault) => (point, fault) switch
    {
        (ServerPoint.End, ServerFault.Say4xx or ServerFault.Say421) => [typeof(SubmissionResult.NotAccepted)],
        (ServerPoint.End, ServerFault.HangUpAfter or ServerFault.Twice) => [typeof(SubmissionResult.Accepted)],
        (ServerPoint.Quit, _) => [typeof(SubmissionResult.Accepted)],
        (ServerPoint.Mail or ServerPoint.Rcpt or ServerPoint.Data or ServerPoint.Content or ServerPoint.End, ServerFault.Say5xx) => [typeof(SubmissionResult.Rejected)],
        (ServerPoint.End, _) => [typeof(SubmissionResult.Uncertain)],
        // It said yes to half a message: nobody knows what it made of that.
        (ServerPoint.Content, ServerFault.HangUpAfter or ServerFault.Twice) => [typeof(SubmissionResult.Uncertain)],
        // Let in and hung up on: a short message may be on its way, end and all, before the hang-up reaches us.
        (ServerPoint.Data, ServerFault.HangUpAfter) => [typeof(SubmissionResult.NotAccepted), typeof(SubmissionResult.Uncertain)],
        _ => [typeof(SubmissionResult.NotAccepted)],
    };

    // A server that signs us in and hangs up is found out by MAIL at the latest.
    private static bool IsBeforeMail(ServerPoint point, ServerFault fault) =>
        point <= ServerPoint.Auth && !(point == ServerPoint.Auth && fault is ServerFault.HangUpAfter or ServerFault.Twice);

    private static void AgreesWithTheBooks(SubmissionResult result, FaultyMailServer server)
    {
        if (result is SubmissionResult.Accepted)
            server.Accepted.Should().Be(1);
        if (result is SubmissionResult.NotAccepted or SubmissionResult.Rejected)
            server.Accepted.Should().Be(0);
        server.Messages.Should().HaveCountLessThanOrEqualTo(1);
    }

    private static async Task WaitAsync(Task task, FaultyMailServer server, ManualClock clock)
    {
        if (await Task.WhenAny(task, server.Silent.Task).WaitAsync(SmtpSetup.Patience) != task)
            await clock.AdvanceUntilAsync(task, TimeSpan.FromMinutes(5));
    }
}
