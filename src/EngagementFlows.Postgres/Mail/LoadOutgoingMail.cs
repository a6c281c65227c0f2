using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Mail.Mime;
using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>A mail as it goes out.</summary>
/// <param name="From">The envelope's sender.</param>
/// <param name="Recipient">The envelope's recipient; the head may name others, or not him.</param>
/// <param name="MessageId">Its identity in the world outside; the same for every attempt.</param>
/// <param name="Bytes">The whole message.</param>
public sealed record OutgoingMail(string From, string Recipient, string MessageId, ReadOnlyMemory<byte> Bytes);

/// <summary>Reads a stored mail and makes the message of it, with its addresses filled in. The same mail gives the same bytes for ever.</summary>
/// <param name="dataSource">The database.</param>
/// <param name="settings">The sender.</param>
/// <param name="addresses">Gives the real addresses; asked at sending, since the first listening address is known only then.</param>
public sealed class LoadOutgoingMail(NpgsqlDataSource dataSource, MailSettings settings, Func<MailAddresses> addresses)
{
    private const string Sql = """
        select m.from_email, m.to_emails, m.to_name, m.cc_emails, m.recipient, m.reply_to_email, m.reply_to_name, m.language, m.subject, m.html, m.text, m.link_id, m.effect_key,
               coalesce(r.remind_at, m.created_at), m.list_unsubscribe, m.calendar_method, m.calendar, a.names, a.types, a.contents, m.account_link_id, m.link_code_id, k.key_id,
               array(select s.id from standing_link s where s.engagement_id = m.engagement_id and s.contact_id = m.contact_id)
        from mail m
        left join link_code k on k.id = m.link_code_id
        left join meeting_reminder r on r.mail_id = m.id
        cross join lateral (
          select array_agg(a.file_name order by a.position) as names, array_agg(a.content_type order by a.position) as types, array_agg(f.content order by a.position) as contents
          from mail_attachment a
          join mail_file f on f.hash = a.file_hash
          where a.mail_id = m.id
        ) a
        where m.id = $1
        """;

    /// <summary>Returns the message; <see langword="null"/> if there is no such mail.</summary>
    /// <exception cref="FormatException">An address is none.</exception>
    public async Task<OutgoingMail?> ExecuteAsync(Guid mail, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(mail);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Make(reader) : null;
    }

    private OutgoingMail Make(NpgsqlDataReader reader)
    {
        Guid? link = reader.Uuid(11);
        Guid? account = reader.Uuid(20);
        LinkCode? code = reader.Uuid(21) is { } id ? new(id, reader.GetString(22)) : null;
        Guid[] standing = reader.GetFieldValue<Guid[]>(23);
        MailAddresses filled = addresses();
        Mailbox from = reader.Text(0) is { } own ? Mailbox.Of(own) : Mailbox.Of(settings.FromAddress, settings.FromName);
        string[] to = reader.GetFieldValue<string[]>(1);
        Mailbox[] carbonCopies = [.. reader.GetFieldValue<string[]>(3).Select(address => Mailbox.Of(address))];
        MimeMessage message = new()
        {
            From = from,
            To = [.. to.Select(address => Mailbox.Of(address, to.Length == 1 ? reader.Text(2) : null))],
            Cc = carbonCopies,
            ReplyTo = reader.Text(5) is { } reply ? Mailbox.Of(reply, reader.Text(6)) : null,
            Language = reader.GetString(7),
            Subject = reader.GetString(8),
            Html = filled.Fill(reader.GetString(9), link, account, code, standing),
            Text = filled.Fill(reader.GetString(10), link, account, code, standing),
            EffectKey = reader.GetString(12),
            Date = reader.Instant(13),
            ListUnsubscribe = reader.Text(14) is { } address ? new Uri(address) : null,
            Calendar = reader.Text(15) is { } method ? new(method, filled.Fill(reader.GetString(16), link)) : null,
            Attachments = reader.IsDBNull(17) ? [] : AttachmentsOf(reader),
        };
        return new(
            from.Address,
            Mailbox.Of(reader.GetString(4)).Address,
            MessageId.Of(message.EffectKey, from),
            MimeWriter.Write(message));
    }

    private static MimeAttachment[] AttachmentsOf(NpgsqlDataReader reader)
    {
        string[] names = reader.GetFieldValue<string[]>(17);
        string[] types = reader.GetFieldValue<string[]>(18);
        byte[][] contents = reader.GetFieldValue<byte[][]>(19);
        return [.. names.Select((name, index) => new MimeAttachment(name, types[index], contents[index]))];
    }
}
