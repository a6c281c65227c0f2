using EngagementFlows.Server.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>Every fault at every point of the conversation: the result never says more than is known, and the next message goes through.</summary>
public sealed class SmtpFaultTests
{
    public static TheoryData<ServerPoint, ServerFault, bool> All()
    {
        TheoryData<ServerPoint, ServerFault, bool> all = [];
        foreach (ServerPoint point in Enum.GetValues<ServerPoint>())
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
        SmtpOptions options = SmtpSetup.StartTls(server.Port);
        SmtpMessage message = point == ServerPoint.Content ? SmtpSetup.LargeMessage : SmtpSetup.Message;
        int asked = 0;
        SmtpSubmission submission = SmtpSetup.Submission(options, clock);

        Task<SubmissionResult> submitting = submission.SubmitAsync(message, _ => Task.FromResult(++asked > 0), CancellationToken.None);
        await AdvanceWhenSilentAsync(server, submitting, clock, options);
        SubmissionResult result = await submitting.WaitAsync(SmtpSetup.Patience);

        result.GetType().Should().Be(Expected(point, fault), "the result was {0}", result);
        asked.Should().Be(IsBeforeMail(point, fault) ? 0 : 1);
        AgreesWithTheBooks(result, server);

        // The pause after a failed connection is over; whatever is left of the broken conversation must not reach this one.
        if (result is SubmissionResult.NotAccepted)
            clock.Advance(TimeSpan.FromMinutes(5));
        (await submission.SubmitAsync(SmtpSetup.Message)).Should().Be(new SubmissionResult.Accepted("250 2.0.0 queued as 4711"));
        await DisposeAsync(submission, server, clock, options);
    }

    private static Type Expected(ServerPoint point, ServerFault fault) => (point, fault) switch
    {
        (ServerPoint.End, ServerFault.Say4xx or ServerFault.Say421) => typeof(SubmissionResult.NotAccepted),
        (ServerPoint.End, ServerFault.HangUpAfter or ServerFault.Twice) => typeof(SubmissionResult.Accepted),
        (ServerPoint.Quit, _) => typeof(SubmissionResult.Accepted),
        (ServerPoint.Mail or ServerPoint.Rcpt or ServerPoint.Data or ServerPoint.Content or ServerPoint.End, ServerFault.Say5xx) => typeof(SubmissionResult.Rejected),
        (ServerPoint.End, _) => typeof(SubmissionResult.Uncertain),
        // It said yes to half a message: nobody knows what it made of that.
        (ServerPoint.Content, ServerFault.HangUpAfter or ServerFault.Twice) => typeof(SubmissionResult.Uncertain),
        _ => typeof(SubmissionResult.NotAccepted),
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

    private static async Task AdvanceWhenSilentAsync(FaultyMailServer server, Task submitting, ManualClock clock, SmtpOptions options)
    {
        if (await Task.WhenAny(submitting, server.Silent.Task).WaitAsync(SmtpSetup.Patience) == submitting)
            return;

        // The client may still be on its way from one wait to the next when the clock moves: then it moves again.
        while (!submitting.IsCompleted)
        {
            clock.Advance(options.MessageTimeout);
            await Task.Yield();
        }
    }

    private static async Task DisposeAsync(SmtpSubmission submission, FaultyMailServer server, ManualClock clock, SmtpOptions options)
    {
        Task disposing = submission.DisposeAsync().AsTask();
        await AdvanceWhenSilentAsync(server, disposing, clock, options);
        await disposing.WaitAsync(SmtpSetup.Patience);
    }
}
