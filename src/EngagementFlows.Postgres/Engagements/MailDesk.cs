using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Scripts;

namespace EngagementFlows.Postgres.Engagements;

/// <summary>Writes the letters that effects ask for. Pure: works on what was read.</summary>
internal sealed partial class MailDesk(MailSettings settings, DateTimeOffset now)
{
    /// <summary>Returns a mail of the process to the contact.</summary>
    /// <exception cref="MendableEffectException">The template cannot be rendered.</exception>
    public MailRow ToClient(WorkflowInstance instance, ClientMailRequested mail, EngagementSnapshot engagement, MailTemplateSet templates)
    {
        Contact contact = engagement.Contact;
        ComposedMail composed = Compose(
            templates, contact.Language, MailModel.OfClient(engagement, settings.Firm, mail), Frame(engagement.Owner, contact.Zone, mail.DueAt, mail.DueIsProvisional), instance);
        return new(mail.MailId, $"{mail.EffectKey}{contact.Id:N}", contact.Email, composed.Language, composed.Subject, composed.Html, composed.Text)
        {
            InstanceId = instance.Id,
            EngagementId = engagement.Engagement.Id,
            ContactId = contact.Id,
            ToName = contact.Name,
            ReplyTo = engagement.Owner.Email,
            ReplyToName = engagement.Owner.Name,
            Template = mail.Template,
            LinkId = mail.LinkId,
            Calendar = mail.Calendar,
            ListUnsubscribe = mail.MayUnsubscribe ? Unsubscribe(engagement.Owner.Email) : null,
        };
    }

    /// <summary>Returns a mail about a task to a member of staff.</summary>
    public MailRow ToStaff(WorkflowInstance instance, string effectKey, HumanTask task, EngagementSnapshot engagement, Person reader, MailTemplateSet templates, int reminder = 0)
    {
        PlainObject model = MailModel.OfTask(engagement, settings.Firm, reader, task.Id, task.Title, task.Instructions, task.DueAt, reminder);
        ComposedMail composed = Compose(templates, reader.Language, model, Frame(engagement.Owner, reader.Zone, task.DueAt, task.DueIsProvisional), instance);
        string key = $"{effectKey}{reader.Id:N}";
        return new(TimeOrderedId.Derive(now, key), key, reader.Email, composed.Language, composed.Subject, composed.Html, composed.Text)
        {
            InstanceId = instance.Id,
            EngagementId = engagement.Engagement.Id,
            PersonId = reader.Id,
            ToName = reader.Name,
            ReplyTo = engagement.Owner.Email,
            ReplyToName = engagement.Owner.Name,
            Template = templates.Name,
        };
    }

    /// <summary>Returns a letter of the house about a meeting to somebody who is invited.</summary>
    public MailRow ToInvitee(
        WorkflowInstance instance, string effectKey, Meeting meeting, EngagementSnapshot engagement, MeetingInvitee invitee, MailTemplateSet templates, MeetingNotice notice)
    {
        bool isContact = invitee.ContactId is not null;
        PlainObject model = MailModel.OfMeeting(engagement, settings.Firm, invitee.Name, invitee.Language, meeting, AnswerAt(meeting, invitee, notice), notice.Message);
        ComposedMail composed = Compose(templates, invitee.Language, model, Frame(engagement.Owner, invitee.Zone, isContact ? notice.AnswerBy : null, isProvisional: false), instance);
        string key = $"{effectKey}{invitee.ContactId ?? invitee.PersonId:N}";
        return new(TimeOrderedId.Derive(now, key), key, invitee.Email, composed.Language, composed.Subject, composed.Html, composed.Text)
        {
            // A meeting that a member of staff arranged has none.
            InstanceId = instance.Id == Guid.Empty ? null : instance.Id,
            EngagementId = engagement.Engagement.Id,
            PersonId = invitee.PersonId,
            ContactId = invitee.ContactId,
            ToName = invitee.Name,
            ReplyTo = engagement.Owner.Email,
            ReplyToName = engagement.Owner.Name,
            Template = templates.Name,
            LinkId = isContact ? notice.LinkId : null,
        };
    }

    /// <summary>Returns the placeholder of the address at which somebody who is invited answers: the contact by his link, staff in the console; <see langword="null"/> for who arranged it.</summary>
    public static string? AnswerAt(Meeting meeting, MeetingInvitee invitee, MeetingNotice notice) =>
        invitee.ContactId is not null ? notice.LinkId is { } link ? MailAddresses.LinkPlaceholder(link) : null
        : invitee.Position > 1 && meeting.State == MeetingState.Planned ? MailAddresses.MeetingPlaceholder(meeting.Id) : null;

    /// <summary>Returns the mails of an effect whose addresses and body are the definition's own: one for each recipient, whose heads are the same.</summary>
    /// <exception cref="MendableEffectException">An address is none.</exception>
    public IReadOnlyList<MailRow> ToOthers(WorkflowInstance instance, EmailRequested mail)
    {
        try
        {
            string? from = string.IsNullOrWhiteSpace(mail.From) ? null : Mailbox.Of(mail.From).Address;
            string[] to = Addresses(mail.To);
            string[] carbonCopies = Addresses(mail.Cc);
            IEnumerable<string> recipients = to.Concat(carbonCopies).Concat(Addresses(mail.Bcc)).Distinct(StringComparer.OrdinalIgnoreCase);
            return [.. recipients.Select(Row)];

            MailRow Row(string recipient)
            {
                string key = mail.EffectKey + KeyOf(recipient);
                return new(TimeOrderedId.Derive(now, key), key, recipient, Languages.English, mail.Subject, mail.Body, PlainText(mail.Body))
                {
                    InstanceId = instance.Id,
                    From = from,
                    To = to,
                    Cc = carbonCopies,
                };
            }
        }
        catch (FormatException fault)
        {
            throw new MendableEffectException($"The mail '{ValueOf(mail.Subject)}' cannot be written. {fault.Message} Correct the address and retry.", fault);
        }
    }

    // A person reads it: nothing is switched off by a machine that follows every address.
    private static string Unsubscribe(string owner)
    {
        int at = owner.LastIndexOf('@');
        return $"mailto:{Uri.EscapeDataString(owner[..at])}{owner[at..]}?subject=unsubscribe";
    }

    private static string ValueOf(string subject) => subject.Length <= 80 ? subject : subject[..80] + "…";

    private static ComposedMail Compose(MailTemplateSet templates, string language, PlainObject model, MailFrame frame, WorkflowInstance instance)
    {
        try
        {
            return MailComposer.Compose(templates, language, model, frame);
        }
        catch (MailTemplateException fault)
        {
            throw new MendableEffectException($"The mail '{templates.Name}' cannot be written in '{language}' (definition '{instance.DefinitionId}' version {instance.Version}). {fault.Message}", fault);
        }
    }

    private MailFrame Frame(Person owner, string zone, DateTimeOffset? dueAt, bool isProvisional) => new(settings.Firm.Name, owner.Name, owner.Phone ?? settings.Firm.Phone, owner.Email)
    {
        DueAt = dueAt,
        DueIsProvisional = isProvisional,
        Zone = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? known) ? known : TimeZoneInfo.Utc,
        Now = now,
    };

    private static string[] Addresses(IReadOnlyList<string> given) => [.. given.Select(address => Mailbox.Of(address).Address)];

    // Not the address itself: keys stand in logs and in the heads of mails.
    private static string KeyOf(string recipient) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recipient.ToLowerInvariant())).AsSpan(0, 16));

    private static string PlainText(string html) => WebUtility.HtmlDecode(Tag().Replace(html, "")).Trim();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
