using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>Stores a mail in the caller's commit. One whose effect key exists already was written before and is left alone, as its outbox row is.</summary>
internal static class InsertMail
{
    private const string Sql = """
        insert into mail (id, effect_key, instance_id, engagement_id, contact_id, person_id, from_email, recipient, to_emails, to_name, cc_emails,
                          reply_to_email, reply_to_name, language, template, subject, html, text, link_id, created_at,
                          list_unsubscribe, calendar_method, calendar, account_link_id, link_code_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
        on conflict (effect_key) do nothing
        """;

    public static NpgsqlBatchCommand Create(MailRow mail, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        NpgsqlParameterCollection parameters = command.Parameters;
        parameters.AddUuid(mail.Id);
        parameters.AddText(mail.EffectKey);
        parameters.AddUuid(mail.InstanceId);
        parameters.AddUuid(mail.EngagementId);
        parameters.AddUuid(mail.ContactId);
        parameters.AddUuid(mail.PersonId);
        parameters.AddText(mail.From);
        parameters.AddText(mail.Recipient);
        parameters.AddTexts([.. mail.To]);
        parameters.AddText(mail.ToName);
        parameters.AddTexts([.. mail.Cc]);
        parameters.AddText(mail.ReplyTo);
        parameters.AddText(mail.ReplyToName);
        parameters.AddText(mail.Language);
        parameters.AddText(mail.Template);
        parameters.AddText(mail.Subject);
        parameters.AddText(mail.Html);
        parameters.AddText(mail.Text);
        parameters.AddUuid(mail.LinkId);
        parameters.AddInstant(now);
        parameters.AddText(mail.ListUnsubscribe);
        parameters.AddText(mail.Calendar?.Method);
        parameters.AddText(mail.Calendar?.Content);
        parameters.AddUuid(mail.AccountLinkId);
        parameters.AddUuid(mail.LinkCodeId);
        return command;
    }
}
