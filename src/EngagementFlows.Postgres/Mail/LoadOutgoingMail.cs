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
        select from_email, to_emails, to_name, cc_emails, recipient, reply_to_email, reply_to_name, language, subject, html, text, link_id, effect_key, created_at
        from mail
        where id = $1
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
            Html = filled.Fill(reader.GetString(9), link),
            Text = filled.Fill(reader.GetString(10), link),
            EffectKey = reader.GetString(12),
            Date = reader.Instant(13),
        };
        return new(
            from.Address,
            Mailbox.Of(reader.GetString(4)).Address,
            MessageId.Of(message.EffectKey, from),
            MimeWriter.Write(message));
    }
}
