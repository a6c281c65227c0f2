using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Staff.Mailbox;

/// <summary>Sends a mail to whoever asks for it, through the outbox as every mail, and tells what became of it.</summary>
internal static class SendTestMailEndpoint
{
    // Longer than a mail server usually takes; what takes longer is seen on the mail's page.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.SendTestMail, SendAsync).RequireAuthorization(Policies.TryMail).ExcludeFromDescription();

    private static async Task<RedirectHttpResult> SendAsync(
        HttpContext context, WriteTestMail write, GetMail mails, FlowsEngine engine, TimeProvider clock, Notices notices, Reader reader, IFormCollection form, CancellationToken cancellationToken)
    {
        // The form brings nothing but its anti-forgery token, which is checked because a form is asked for; the address is the signed-in person's own.
        _ = form;
        CurrentPerson person = CurrentPerson.Of(context.User);
        Guid id = await write.ExecuteAsync(person.Id, person.Name, person.Email, person.Language, person.Caller, clock.GetUtcNow(), cancellationToken);
        engine.Signals.OutboxDue();
        (string words, bool isFault) = Words(await EndAsync(id, mails, clock, cancellationToken), person, reader);
        notices.Tell(context, words, isFault);
        return Site.To(StaffUrls.Mail(id));
    }

    /// <summary>Waits until the mail was tried, but not for long.</summary>
    private static async Task<MailDetail?> EndAsync(Guid id, GetMail mails, TimeProvider clock, CancellationToken cancellationToken)
    {
        long began = clock.GetTimestamp();
        while (true)
        {
            MailDetail? mail = await mails.ExecuteAsync(id, cancellationToken);
            if (mail is null or { Line: { EndedAt: not null } or { FailingSince: not null } } || clock.GetElapsedTime(began) >= Patience)
                return mail;
            await Task.Delay(Look, clock, cancellationToken);
        }
    }

    private static (string Words, bool IsFault) Words(MailDetail? mail, CurrentPerson person, Reader reader) => mail?.Line.State switch
    {
        "accepted" => (reader.Say(MailboxTexts.TestAccepted, person.Email, mail.Answer), false),
        "rejected" => (reader.Say(MailboxTexts.TestRejected, mail.Answer), true),
        "uncertain" => (reader.Say(MailboxTexts.TestUncertain, mail.Answer), true),
        _ when mail?.Line.FailingSince is not null => (reader.Say(MailboxTexts.TestFailing, mail.Answer), true),
        _ => (reader.Say(MailboxTexts.TestUnderWay), false),
    };
}
