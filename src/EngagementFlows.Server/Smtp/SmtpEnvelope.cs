namespace EngagementFlows.Server.Smtp;

/// <summary>Sender and recipient, checked, and the commands that name them.</summary>
internal sealed record SmtpEnvelope(SmtpMailbox From, SmtpMailbox To)
{
    public string RcptCommand => $"RCPT TO:<{To.Wire}>";

    /// <summary>Reads the addresses of a message; <paramref name="fault"/> says what is wrong with one.</summary>
    public static SmtpEnvelope? TryCreate(SmtpMessage message, out string fault)
    {
        SmtpMailbox? from = SmtpMailbox.TryParse(message.From, out fault);
        if (from is null || SmtpMailbox.TryParse(message.To, out fault) is not { } to)
            return null;
        return new SmtpEnvelope(from, to);
    }

    public string MailCommand(MessageContent content, SmtpExtensions offered) =>
        $"MAIL FROM:<{From.Wire}>"
        + (offered.Size ? $" SIZE={content.Size}" : "")
        + (offered.EightBitMime && content.Has8Bit ? " BODY=8BITMIME" : "")
        + (NeedsSmtpUtf8(content) ? " SMTPUTF8" : "");

    /// <summary>Says why this server cannot be given the message, or <see langword="null"/>.</summary>
    public string? Obstacle(MessageContent content, SmtpExtensions offered)
    {
        if (content.Size > offered.MaxSize)
            return $"Not sent: the message has {content.Size:N0} bytes, and the server takes at most {offered.MaxSize:N0} (SIZE).";
        if (NeedsSmtpUtf8(content) && !offered.SmtpUtf8)
            return $"Not sent: the address '{(From.NeedsSmtpUtf8 ? From : To).Wire}' or the message's header needs SMTPUTF8, which the server does not offer.";
        if (content.Has8Bit && !offered.EightBitMime)
            return "Not sent: the message holds bytes above 127, and the server does not offer 8BITMIME. Encode it as quoted-printable or base64.";
        return null;
    }

    private bool NeedsSmtpUtf8(MessageContent content) => From.NeedsSmtpUtf8 || To.NeedsSmtpUtf8 || content.HasUtf8Header;
}
