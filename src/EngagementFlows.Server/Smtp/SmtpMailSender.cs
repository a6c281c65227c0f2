using System.Diagnostics;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Postgres.Telemetry;

namespace EngagementFlows.Server.Smtp;

/// <summary>Transport <c>smtp</c>: gives each mail of the outbox to the configured mail server.</summary>
/// <param name="load">Makes the message of a mail's id, as <see cref="LoadOutgoingMail.ExecuteAsync"/> does.</param>
/// <param name="submission">The way to the mail server.</param>
internal sealed class SmtpMailSender(Func<Guid, CancellationToken, Task<OutgoingMail?>> load, SmtpSubmission submission) : IEffectSender
{
    public string Kind => "mail";

    public async Task<SendOutcome> SendAsync(ClaimedEffect effect, Func<CancellationToken, Task<bool>> begin, CancellationToken cancellationToken)
    {
        OutgoingMail? mail;
        try
        {
            mail = await load(effect.Id, cancellationToken);
        }
        catch (FormatException fault)
        {
            return new SendRejected(fault.Message);
        }

        if (mail is null)
            return new SendRejected($"The mail '{effect.Id}' is not stored (any more).");
        using Activity? span = FlowsTelemetry.Source.StartActivity("smtp", ActivityKind.Client);
        SubmissionResult result = await submission.SubmitAsync(new SmtpMessage(mail.From, mail.Recipient, mail.Bytes), begin, cancellationToken);
        span?.SetTag("engagementflows.outcome", result.GetType().Name.ToLowerInvariant());
        return result switch
        {
            SubmissionResult.Accepted accepted => new SendAccepted(accepted.ServerReply),
            SubmissionResult.Rejected rejected => new SendRejected(rejected.Words),
            SubmissionResult.NotAccepted stopped when cancellationToken.IsCancellationRequested => new SendLater(stopped.Reason, TimeSpan.Zero),
            SubmissionResult.NotAccepted notAccepted => new SendAgain(notAccepted.Reason, notAccepted.RetryAfter),
            SubmissionResult.Postponed postponed => new SendLater(postponed.Reason, postponed.After),
            SubmissionResult.Uncertain uncertain => new SendUncertain(uncertain.Reason),
            SubmissionResult.Withheld => new SendLeft(),
            _ => throw new InvalidOperationException($"EngagementFlows bug: a submission cannot end as '{result.GetType()}'."),
        };
    }
}
