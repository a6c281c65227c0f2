using EngagementFlows.Server.Smtp;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>Connections kept, limits held, and what happens when somebody stops waiting.</summary>
public sealed class SmtpSubmissionTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Submit_OneAfterAnother_UsesOneConnection()
    {
        await using FaultyMailServer server = new(null, default, _clock);
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port), _clock);

        for (int message = 0; message < 20; message++)
            (await submission.SubmitAsync(SmtpSetup.Message)).Should().BeOfType<SubmissionResult.Accepted>();

        server.Connections.Should().Be(1);
        server.Commands.Should().NotContain("RSET");
    }

    [Fact]
    public async Task Submit_MessagesPerConnection_TakesANewOneAfterThem()
    {
        await using FaultyMailServer server = new(null, default, _clock);
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port) with { MessagesPerConnection = 3 }, _clock);

        for (int message = 0; message < 7; message++)
            await submission.SubmitAsync(SmtpSetup.Message);

        server.Connections.Should().Be(3);
        server.Commands.Count(line => line == "QUIT").Should().Be(2);
    }

    [Fact]
    public async Task Submit_ManyAtOnce_UsesAsManyConnectionsAsAllowed()
    {
        await using FaultyMailServer server = new(null, default, _clock);
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port) with { MaxConnections = 3 }, _clock);
        int atOnce = 0;
        int most = 0;
        TaskCompletionSource three = new(TaskCreationOptions.RunContinuationsAsynchronously);

        async Task<bool> CountAsync(CancellationToken cancellationToken)
        {
            int now = Interlocked.Increment(ref atOnce);
            InterlockedMax(ref most, now);
            if (now == 3)
                three.TrySetResult();
            // Nobody leaves before the third has come: with fewer connections this would never end.
            await three.Task.WaitAsync(SmtpSetup.Patience, cancellationToken);
            Interlocked.Decrement(ref atOnce);
            return true;
        }

        SubmissionResult[] results = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => submission.SubmitAsync(SmtpSetup.Message, CountAsync, CancellationToken.None)));

        results.Should().AllBeOfType<SubmissionResult.Accepted>();
        most.Should().Be(3);
        server.Connections.Should().Be(3);
        server.Accepted.Should().Be(30);
    }

    [Fact]
    public async Task Submit_MoreThanTheHoursLimit_TellsWhenThereIsRoom()
    {
        await using FaultyMailServer server = new(null, default, _clock);
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port) with { MessagesPerHour = 2 }, _clock);

        await submission.SubmitAsync(SmtpSetup.Message);
        await submission.SubmitAsync(SmtpSetup.Message, _ => Task.FromResult(false), CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(20));
        await submission.SubmitAsync(SmtpSetup.Message);
        SubmissionResult third = await submission.SubmitAsync(SmtpSetup.Message);
        _clock.Advance(TimeSpan.FromMinutes(40));
        SubmissionResult later = await submission.SubmitAsync(SmtpSetup.Message);

        third.Should().BeOfType<SubmissionResult.Postponed>().Which.After.Should().Be(TimeSpan.FromMinutes(40));
        later.Should().BeOfType<SubmissionResult.Accepted>();
    }

    [Fact]
    public async Task Submit_NobodyListens_PausesLongerWithEachFailure()
    {
        using ClosedPort port = new();
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(port.Number), _clock);
        List<TimeSpan?> pauses = [];

        for (int attempt = 0; attempt < 4; attempt++)
        {
            SubmissionResult.NotAccepted result = (SubmissionResult.NotAccepted)await submission.SubmitAsync(SmtpSetup.Message);
            result.Reason.Should().Contain($"No connection to 127.0.0.1:{port.Number}");
            pauses.Add(result.RetryAfter);
            _clock.Advance(result.RetryAfter!.Value);
        }

        pauses.Select(pause => pause!.Value.TotalSeconds).Should().Equal(1, 2, 4, 8);
    }

    [Theory]
    [InlineData("421 4.4.2 idle for too long\r\n")]
    [InlineData("")]
    public async Task Submit_ServerHungUpOnTheKeptConnection_TakesANewOneBeforeTheHook(string lastWords)
    {
        int served = 0;
        TaskCompletionSource hungUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedServer server = ScriptedServer.Start(async client =>
        {
            await ServeOneAsync(client);
            if (Interlocked.Increment(ref served) == 1)
            {
                await client.SendAsync(lastWords);
                client.HangUp();
                hungUp.SetResult();
            }
            else
            {
                await client.ReadLineAsync();
            }
        });
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port), _clock);

        await submission.SubmitAsync(SmtpSetup.Message);
        await hungUp.Task.WaitAsync(SmtpSetup.Patience);
        SubmissionResult second = await submission.SubmitAsync(SmtpSetup.Message);

        second.Should().BeOfType<SubmissionResult.Accepted>();
        server.Connections.Should().Be(2);
    }

    [Fact]
    public async Task Submit_ConnectionLongQuiet_AsksItFirst()
    {
        await using FaultyMailServer server = new(null, default, _clock);
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port), _clock);

        await submission.SubmitAsync(SmtpSetup.Message);
        _clock.Advance(TimeSpan.FromSeconds(15));
        await submission.SubmitAsync(SmtpSetup.Message);

        server.Connections.Should().Be(1);
        server.Commands.Select(line => line[..4]).Should().Equal("EHLO", "MAIL", "RCPT", "DATA", "RSET", "MAIL", "RCPT", "DATA");
    }

    [Fact]
    public async Task CloseIdle_OnlyTheOldOnes_SaysGoodbye()
    {
        await using FaultyMailServer server = new(null, default, _clock);
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port), _clock);
        await submission.SubmitAsync(SmtpSetup.Message);

        await submission.CloseIdleAsync(TimeSpan.FromSeconds(1));
        server.Commands.Should().NotContain("QUIT");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await submission.CloseIdleAsync(TimeSpan.FromSeconds(1));

        server.Commands.Should().Contain("QUIT");
    }

    [Fact]
    public async Task Submit_StoppedWhileConnecting_ThrowsAndNeverAsksTheHook()
    {
        await using FaultyMailServer server = new(ServerPoint.Greeting, ServerFault.Silence, _clock);
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port), _clock);
        using CancellationTokenSource stop = new();
        bool asked = false;

        Task<SubmissionResult> submitting = submission.SubmitAsync(SmtpSetup.Message, _ => Task.FromResult(asked = true), stop.Token);
        await server.Silent.Task.WaitAsync(SmtpSetup.Patience);
        await stop.CancelAsync();

        await submitting.Invoking(task => task.WaitAsync(SmtpSetup.Patience)).Should().ThrowAsync<OperationCanceledException>();
        asked.Should().BeFalse();
    }

    [Theory]
    [InlineData(ServerPoint.Mail)]
    [InlineData(ServerPoint.Rcpt)]
    [InlineData(ServerPoint.Data)]
    [InlineData(ServerPoint.Content)]
    public async Task Submit_StoppedBeforeTheEnd_IsSurelyNotAccepted(ServerPoint point)
    {
        await using FaultyMailServer server = new(point, ServerFault.Silence, _clock);
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port), _clock);
        using CancellationTokenSource stop = new();

        Task<SubmissionResult> submitting = submission.SubmitAsync(SmtpSetup.LargeMessage, _ => Task.FromResult(true), stop.Token);
        await server.Silent.Task.WaitAsync(SmtpSetup.Patience);
        await stop.CancelAsync();
        SubmissionResult result = await submitting.WaitAsync(SmtpSetup.Patience);

        result.Should().BeOfType<SubmissionResult.NotAccepted>().Which.Reason.Should().StartWith("EngagementFlows was stopped");
        server.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task Submit_PausedPastTheLeaseInTheHook_SendsNothing()
    {
        await using FaultyMailServer server = new(null, default, _clock);
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port), _clock);

        SubmissionResult result = await submission.SubmitAsync(SmtpSetup.Message, _ => Task.FromResult(Pause()), CancellationToken.None);

        result.Should().BeOfType<SubmissionResult.NotAccepted>().Which.Reason.Should().Contain("taken over by another process");
        server.Commands.Should().NotContain(line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_PausedPastTheLeaseBeforeTheEnd_DoesNotSendIt()
    {
        TaskCompletionSource<byte[]?> content = new();
        await using ScriptedServer server = ScriptedServer.Start(async client =>
        {
            await client.SendAsync("220 mail.test\r\n");
            await client.ReadLineAsync();
            await client.SendAsync("250-mail.test\r\n250 PIPELINING\r\n");
            for (int line = 0; line < 3; line++)
                await client.ReadLineAsync();
            // Whatever the deadlines do in a process that wakes up, the end must not be sent: so many small steps, none of them too long.
            for (int step = 0; step < 30; step++)
                _clock.Advance(TimeSpan.FromSeconds(24));
            await client.SendAsync("250 ok\r\n250 ok\r\n354 go\r\n");
            content.SetResult(await client.ReadMessageAsync());
        });
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port), _clock);

        SubmissionResult result = await submission.SubmitAsync(SmtpSetup.Message);

        result.Should().BeOfType<SubmissionResult.NotAccepted>();
        (await content.Task.WaitAsync(SmtpSetup.Patience)).Should().BeNull();
    }

    [Fact]
    public async Task Submit_StoppedAfterTheEnd_WaitsAWhileForTheAnswer()
    {
        TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedServer server = ScriptedServer.Start(client => ServeOneAsync(client, read, answer.Task));
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port), _clock);
        using CancellationTokenSource stop = new();

        Task<SubmissionResult> submitting = submission.SubmitAsync(SmtpSetup.Message, _ => Task.FromResult(true), stop.Token);
        await read.Task.WaitAsync(SmtpSetup.Patience);
        await stop.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(4));
        answer.SetResult();

        (await submitting.WaitAsync(SmtpSetup.Patience)).Should().Be(new SubmissionResult.Accepted("250 done"));
    }

    [Fact]
    public async Task Submit_StoppedAfterTheEndAndNoAnswer_IsUncertain()
    {
        await using FaultyMailServer server = new(ServerPoint.End, ServerFault.Silence, _clock);
        await using SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port), _clock);
        using CancellationTokenSource stop = new();

        Task<SubmissionResult> submitting = submission.SubmitAsync(SmtpSetup.Message, _ => Task.FromResult(true), stop.Token);
        await server.Silent.Task.WaitAsync(SmtpSetup.Patience);
        await stop.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));

        (await submitting.WaitAsync(SmtpSetup.Patience)).Should().BeOfType<SubmissionResult.Uncertain>();
    }

    private bool Pause()
    {
        _clock.Advance(SmtpSetup.Plain(25).LatestEnd + TimeSpan.FromSeconds(1));
        return true;
    }

    private static async Task ServeOneAsync(ScriptedConnection client, TaskCompletionSource? read = null, Task? answer = null)
    {
        foreach (string line in new[] { "220 mail.test", "250 mail.test", "250 ok", "250 ok", "354 go" })
        {
            await client.SendAsync(line + "\r\n");
            if (!line.StartsWith("354", StringComparison.Ordinal))
                await client.ReadLineAsync();
        }

        await client.ReadMessageAsync();
        read?.SetResult();
        await (answer ?? Task.CompletedTask);
        await client.SendAsync("250 done\r\n");
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (seen < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
            seen = Volatile.Read(ref target);
    }
}
