using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Controls;

namespace EngagementFlows.Server.Staff.Mailbox;

/// <summary>Says what became of a mail.</summary>
internal static class MailWords
{
    public static (string Text, Tone Tone) State(MailLine mail, Reader reader) => mail.State switch
    {
        "accepted" => (reader.Say(MailboxTexts.Accepted), Tone.Done),
        "rejected" when mail.LetBeAt is not null => (reader.Say(MailboxTexts.NotSent), Tone.Waiting),
        "rejected" => (reader.Say(MailboxTexts.Rejected), Tone.Broken),
        "uncertain" => (reader.Say(MailboxTexts.Uncertain), Tone.NeedsYou),
        "held" => (reader.Say(MailboxTexts.Held), Tone.NeedsYou),
        "sending" => (reader.Say(MailboxTexts.Sending), Tone.Running),
        _ when mail.FailingSince is not null => (reader.Say(MailboxTexts.Failing, reader.Moment(mail.DueAt)), Tone.NeedsYou),
        // A mail that is merely on its way out is not "held".
        _ when mail.DueAt > reader.Now + TimeSpan.FromMinutes(1) => (reader.Say(MailboxTexts.HeldUntil, reader.Moment(mail.DueAt)), Tone.Waiting),
        _ => (reader.Say(MailboxTexts.Pending), Tone.Waiting),
    };
}
