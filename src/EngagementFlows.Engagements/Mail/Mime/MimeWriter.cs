using System.Text;

namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>Writes mails as bytes: RFC 5322, 2045, 2046, 2047 and 2231. The same message gives the same bytes for ever.</summary>
public static class MimeWriter
{
    /// <summary>Returns the message with CR LF at the end of each line, in ASCII but for addresses that are not (RFC 6532), no line longer than 998 bytes.</summary>
    /// <exception cref="FormatException">The type of an attachment is none.</exception>
    /// <exception cref="ArgumentException">There is no recipient.</exception>
    public static byte[] Write(MimeMessage message)
    {
        if (message.To.Count == 0)
            throw new ArgumentException($"The mail with effect key '{message.EffectKey}' has no recipient: name one in To.", nameof(message));
        HeaderWriter head = new();
        WriteHead(head, message);
        // No encoded body holds "=_", so no boundary of ours can stand in one.
        string hash = MessageId.HashOf(message.EffectKey)[..24];
        StringBuilder text = new();
        MimeAttachment[] files = [.. message.Calendar is { } calendar ? [FileOf(calendar)] : Array.Empty<MimeAttachment>(), .. message.Attachments];
        if (files.Length == 0)
            WriteAlternative(head, text, message, $"=_a{hash}");
        else
            WriteMixed(head, text, message, files, hash);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void WriteHead(HeaderWriter head, MimeMessage message)
    {
        head.WriteDate(message.Date);
        head.Write("From", [message.From]);
        if (message.ReplyTo is not null)
            head.Write("Reply-To", [message.ReplyTo]);
        head.Write("To", message.To);
        if (message.Cc.Count > 0)
            head.Write("Cc", message.Cc);
        head.WriteText("Subject", message.Subject);
        head.Write("Message-ID", MessageId.Of(message.EffectKey, message.From));
        // Both keep programs that answer by themselves from answering us (RFC 3834; Exchange).
        head.Write("Auto-Submitted", "auto-generated");
        head.Write("X-Auto-Response-Suppress", "OOF, AutoReply");
        if (message.ListUnsubscribe is { } address)
            head.Write("List-Unsubscribe", $"<{address.AbsoluteUri}>");
        head.Write("X-Effect-Key", PrintableKey(message.EffectKey));
        if (message.Language is { } language && language.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-') && language.Length > 0)
            head.Write("Content-Language", language);
        head.Write("MIME-Version", "1.0");
    }

    private static void WriteMixed(HeaderWriter head, StringBuilder text, MimeMessage message, IReadOnlyList<MimeAttachment> files, string hash)
    {
        string boundary = $"=_m{hash}";
        head.Write("Content-Type", $"multipart/mixed; boundary=\"{boundary}\"");
        head.End();
        text.Append(head).Append("--").Append(boundary).Append("\r\n");
        WriteAlternative(new HeaderWriter(), text, message, $"=_a{hash}");
        foreach (MimeAttachment attachment in files)
        {
            HeaderWriter part = new();
            WriteAttachmentHead(part, attachment);
            text.Append("\r\n--").Append(boundary).Append("\r\n").Append(part).Append(BodyEncoding.Base64(attachment.Content.Span));
        }

        text.Append("\r\n--").Append(boundary).Append("--\r\n");
    }

    private static void WriteAlternative(HeaderWriter head, StringBuilder text, MimeMessage message, string boundary)
    {
        head.Write("Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        head.End();
        text.Append(head);
        WriteText(text, boundary, "text/plain", message.Text);
        WriteText(text, boundary, "text/html", message.Html);
        // Last, as the best of the alternatives: calendars look for it there.
        if (message.Calendar is { } calendar)
            WriteCalendar(text, boundary, calendar);
        text.Append("\r\n--").Append(boundary).Append("--\r\n");
    }

    private static void WriteText(StringBuilder text, string boundary, string type, string content)
    {
        (string encoding, string body) = BodyEncoding.OfText(content);
        HeaderWriter part = new();
        part.Write("Content-Type", $"{type}; charset=utf-8");
        part.Write("Content-Transfer-Encoding", encoding);
        part.End();
        text.Append("\r\n--").Append(boundary).Append("\r\n").Append(part).Append(body);
    }

    private static void WriteCalendar(StringBuilder text, string boundary, MimeCalendar calendar)
    {
        HeaderWriter part = new();
        part.Write("Content-Type", ContentTypes.Check(TypeOf(calendar)));
        // Line ends of a calendar object are its own; base64 carries them unchanged.
        part.Write("Content-Transfer-Encoding", "base64");
        part.End();
        text.Append("\r\n--").Append(boundary).Append("\r\n").Append(part).Append(BodyEncoding.Base64(BytesOf(calendar)));
    }

    private static MimeAttachment FileOf(MimeCalendar calendar) => new(calendar.FileName, TypeOf(calendar), BytesOf(calendar));

    private static byte[] BytesOf(MimeCalendar calendar) => Encoding.UTF8.GetBytes(CalendarLines.Fold(calendar.Content));

    private static string TypeOf(MimeCalendar calendar) => $"text/calendar; method={calendar.Method}; charset=utf-8";

    private static void WriteAttachmentHead(HeaderWriter part, MimeAttachment attachment)
    {
        string name = FileNames.Clean(attachment.FileName);
        part.Write("Content-Type", ContentTypes.Check(attachment.ContentType));
        part.Write("Content-Transfer-Encoding", "base64");
        part.Write("Content-Disposition", FileNames.Disposition(name));
        part.End();
    }

    // Keys are ours and plain; whatever else comes is written so that it stays one word, of a length that a line can hold.
    private static string PrintableKey(string key)
    {
        string printable = key.All(unit => unit is > ' ' and <= '~') ? key : Uri.EscapeDataString(key);
        return printable.Length <= 900 ? printable : MessageId.HashOf(key);
    }
}
