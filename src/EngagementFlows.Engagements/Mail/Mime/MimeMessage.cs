namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>A mail, ready to be written as bytes.</summary>
public sealed record MimeMessage
{
    /// <summary>Gets who sends.</summary>
    public required Mailbox From { get; init; }

    /// <summary>Gets whom replies reach, or <see langword="null"/> for the sender.</summary>
    public Mailbox? ReplyTo { get; init; }

    /// <summary>Gets the recipients; at least one.</summary>
    public required IReadOnlyList<Mailbox> To { get; init; }

    /// <summary>Gets who gets a copy that all see. Blind copies stand in no message.</summary>
    public IReadOnlyList<Mailbox> Cc { get; init; } = [];

    /// <summary>Gets the subject; written as one line.</summary>
    public required string Subject { get; init; }

    /// <summary>Gets the text part.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the HTML part.</summary>
    public required string Html { get; init; }

    /// <summary>Gets the language, for <c>Content-Language</c>, or <see langword="null"/>.</summary>
    public string? Language { get; init; }

    /// <summary>Gets the effect key: one key, one message id, for ever, so that a mail that went out twice is seen as one.</summary>
    public required string EffectKey { get; init; }

    /// <summary>Gets the instant and offset that the mail shows.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Gets where a reader who wants no more of these mails goes, an https or mailto address; <see langword="null"/> for what a contract asks for.</summary>
    public Uri? ListUnsubscribe { get; init; }

    /// <summary>Gets the invitation that the mail carries, or <see langword="null"/>.</summary>
    public MimeCalendar? Calendar { get; init; }

    /// <summary>Gets the files that go with it.</summary>
    public IReadOnlyList<MimeAttachment> Attachments { get; init; } = [];
}
