using EngagementFlows.Engagements.Mail.Mime;

namespace EngagementFlows.Server.Smtp;

/// <summary>Sender and recipient, checked, and the commands that name them.</summary>
internal sealed record SmtpEnvelope(Mailbox From, Mailbox To)
{
    public string RcptCommand => $"RCPT TO:<{To.Address}>";

    /// <summary>Reads the addresses of a message; <paramref name="fault"/> says what is wrong with one.</summary>
    public static SmtpEnvelope? TryCreate(SmtpMessage message, out string fault)
    {
        try
        {
            fault = "";
            return new SmtpEnvelope(Mailbox.Of(message.From), Mailbox.Of(message.To));
        }
        catch (FormatException refused)
        {
            fault = refused.Message;
            return null;
        }
    }

    public string MailCommand(MessageContent content, SmtpExtensions offered) =>
        $"MAIL FROM:<{From.Address}>"
        + (offered.Size ? $" SIZE={content.Size}" : "")
        + (offered.EightBitMime && content.Has8Bit ? " BODY=8BITMIME" : "")
        + (NeedsSmtpUtf8(content) ? " SMTPUTF8" : "");

    /// <summary>Says why this server cannot be given the message, or <see langword="null"/>.</summary>
    public string? Obstacle(MessageContent content, SmtpExtensions offered)
    {
        if (content.Size > offered.MaxSize)
            return $"Not sent: the message has {content.Size:N0} bytes, and the server takes at most {offered.MaxSize:N0} (SIZE).";
        if (NeedsSmtpUtf8(content) && !offered.SmtpUtf8)
            return $"Not sent: {Unusual()} is not ASCII, and the mail server does not take that (it does not offer SMTPUTF8). Use another address, or another mail server.";
        if (content.Has8Bit && !offered.EightBitMime)
            return "Not sent: the message holds bytes above 127, and the server does not offer 8BITMIME. Encode it as quoted-printable or base64.";
        return null;
    }

    private string Unusual() => From.NeedsSmtpUtf8 || To.NeedsSmtpUtf8 ? $"the address '{(To.NeedsSmtpUtf8 ? To : From).Address}'" : "an address or a text in the message's head";

    private bool NeedsSmtpUtf8(MessageContent content) => From.NeedsSmtpUtf8 || To.NeedsSmtpUtf8 || content.HasUtf8Header;
}
