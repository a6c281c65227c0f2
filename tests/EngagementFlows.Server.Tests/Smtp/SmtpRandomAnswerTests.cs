using EngagementFlows.Server.Smtp;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>A server that answers anything at all: whatever it does, the result and the server's own books never contradict each other.</summary>
public sealed class SmtpRandomAnswerTests
{
    private static readonly Gen<string> Answer = Gen.Elements(
        "250 ok\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "354 go\r\n", "250-part\r\n250 ok\r\n", "220 hi\r\n", "421 bye\r\n", "451 later\r\n", "550 no\r\n", "503 order\r\n",
        "150 hm\r\n", "250-", "25", "what\r\n", "\r\n", "250 ok\r\n250 ok\r\n", "354 go\r\n250 ok\r\n", "999 no\r\n", "25O ok\r\n", "");

    [Fact]
    public void Submit_AnyAnswers_NeverClaimsMoreThanTheServersBooksSay()
    {
        Arbitrary<(string[] Answers, bool Pipelining)> conversations =
            Gen.Zip(Answer.ArrayOf(4), Gen.Elements(true, false)).Select(pair => (pair.Item1, pair.Item2)).ToArbitrary();

        Prop.ForAll(conversations, conversation => SubmitAsync(conversation.Answers, conversation.Pipelining).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    private static async Task<bool> SubmitAsync(string[] answers, bool pipelining)
    {
        bool sawEnd = false;
        SubmissionResult result;
        await using (ScriptedServer server = ScriptedServer.Start(async client =>
        {
            await client.SendAsync("220 mail.test\r\n");
            await client.ReadLineAsync();
            await client.SendAsync($"250-mail.test\r\n250 {(pipelining ? "PIPELINING" : "HELP")}\r\n");
            foreach (string answer in answers[..3])
            {
                await client.ReadLineAsync();
                await client.SendAsync(answer);
                // A part of an answer, or none: the server hangs up, so that nobody waits.
                if (!answer.EndsWith('\n'))
                    return;
            }

            sawEnd = await client.ReadMessageAsync() is not null;
            await client.SendAsync(answers[3]);
        }))
        {
            // No clock moves: where the server neither answers nor hangs up the guard of SubmitAsync would end the test.
            ManualClock clock = new();
            SmtpSubmission submission = SmtpSetup.Submission(SmtpSetup.Plain(server.Port), clock);
            result = await submission.SubmitAsync(SmtpSetup.Message);

            // The good-bye may fall into a message that only the server believes in: there patience ends it.
            await clock.AdvanceUntilAsync(submission.DisposeAsync().AsTask(), TimeSpan.FromMinutes(1));
        }

        bool saidYes = answers[3].StartsWith("250 ok", StringComparison.Ordinal) || answers[3].StartsWith("250-part", StringComparison.Ordinal);
        return result switch
        {
            SubmissionResult.Accepted => sawEnd,
            SubmissionResult.Rejected or SubmissionResult.NotAccepted => !(sawEnd && saidYes),
            SubmissionResult.Uncertain => true,
            _ => false,
        };
    }
}
