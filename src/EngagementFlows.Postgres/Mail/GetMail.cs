using System.Text.Json.Serialization;
using EngagementFlows.Engagements.Links;
using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>A mail as it was written.</summary>
/// <param name="Line">What the list shows of it.</param>
/// <param name="To">Whom the head names; one of them, a copy or a blind copy is the line's recipient.</param>
/// <param name="Cc">Who got a copy that all see.</param>
/// <param name="Html">The HTML part, links as placeholders.</param>
/// <param name="Text">The text part, links as placeholders.</param>
/// <param name="LinkId">The link in it, or <see langword="null"/>.</param>
/// <param name="ReplyTo">Whom replies reach, or <see langword="null"/> for the sender.</param>
/// <param name="EffectKey">Its effect key.</param>
/// <param name="Attempt">How many times it was tried.</param>
/// <param name="Answer">What the mail server said last, or <see langword="null"/>.</param>
/// <param name="Calendar">The invitation that goes with it, links as placeholders, or <see langword="null"/>.</param>
/// <param name="Attachments">The files that go with it, in their order.</param>
/// <param name="ListUnsubscribe">Where a reader goes who wants no more of such mails, or <see langword="null"/>.</param>
/// <param name="Code">The code in it, as a placeholder, or <see langword="null"/>.</param>
/// <param name="IsErased">Whether its text was erased with its client; it is never sent (again).</param>
public sealed record MailDetail(
    MailLine Line, IReadOnlyList<string> To, IReadOnlyList<string> Cc, string Html, string Text, Guid? LinkId, string? ReplyTo, string EffectKey, int Attempt, string? Answer,
    MailCalendar? Calendar, IReadOnlyList<MailAttachment> Attachments, string? ListUnsubscribe, [property: JsonIgnore] LinkCode? Code, bool IsErased);

/// <summary>The invitation that goes with a mail.</summary>
/// <param name="Method"><c>REQUEST</c>, <c>CANCEL</c> or <c>REPLY</c>.</param>
/// <param name="Content">The calendar object (RFC 5545) in whole lines.</param>
public sealed record MailCalendar(string Method, string Content);

/// <summary>Reads one mail. Its links are placeholders; <see cref="EngagementFlows.Engagements.Mail.MailAddresses.Fill"/> shows them where that is allowed.</summary>
public sealed class GetMail(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select m.id, m.created_at, m.audience, m.recipient, m.to_name, m.language, m.subject, m.template, m.engagement_id, c.id, c.name, m.instance_id,
               o.state, o.due_at, o.ended_at, o.failing_since, o.let_be_at,
               m.html, m.text, m.link_id, m.reply_to_email, m.effect_key, o.attempt, o.answer, m.to_emails, m.cc_emails,
               m.calendar_method, m.calendar, m.list_unsubscribe, m.link_code_id, code.key_id, m.erased_at is not null
        from mail m
        join outbox o on o.id = m.id
        left join engagement e on e.id = m.engagement_id
        left join client c on c.id = e.client_id
        left join link_code code on code.id = m.link_code_id
        where m.id = $1
        """;

    private const string AttachmentsSql = """
        select a.position, a.file_name, a.content_type, octet_length(f.content)
        from mail_attachment a
        join mail_file f on f.hash = a.file_hash
        where a.mail_id = $1
        order by a.position
        """;

    /// <summary>Returns the mail; <see langword="null"/> if there is none of that id.</summary>
    public async Task<MailDetail?> ExecuteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = dataSource.CreateBatch();
        foreach (string sql in new[] { AttachmentsSql, Sql })
        {
            NpgsqlBatchCommand command = new(sql);
            command.Parameters.AddUuid(id);
            batch.BatchCommands.Add(command);
        }

        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        List<MailAttachment> attachments = [];
        while (await reader.ReadAsync(cancellationToken))
            attachments.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3)));
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader, attachments) : null;
    }

    private static MailDetail Read(NpgsqlDataReader reader, IReadOnlyList<MailAttachment> attachments) => new(
        ListMails.Read(reader),
        reader.GetFieldValue<string[]>(24),
        reader.GetFieldValue<string[]>(25),
        reader.GetString(17),
        reader.GetString(18),
        reader.Uuid(19),
        reader.Text(20),
        reader.GetString(21),
        reader.GetInt32(22),
        reader.Text(23),
        reader.Text(26) is { } method ? new(method, reader.GetString(27)) : null,
        attachments,
        reader.Text(28),
        reader.Uuid(29) is { } code ? new(code, reader.GetString(30)) : null,
        reader.GetBoolean(31));
}
