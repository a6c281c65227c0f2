namespace EngagementFlows.Postgres.Mail;

/// <summary>A mail that is to be written to one recipient.</summary>
internal sealed record MailRow(Guid Id, string EffectKey, string Recipient, string Language, string Subject, string Html, string Text)
{
    public Guid? InstanceId { get; init; }

    public Guid? EngagementId { get; init; }

    public Guid? ContactId { get; init; }

    public Guid? PersonId { get; init; }

    public string? From { get; init; }

    public string? ToName { get; init; }

    /// <summary>Gets whom the head names; others may get the same letter by rows of their own.</summary>
    public IReadOnlyList<string> To { get; init; } = [Recipient];

    public IReadOnlyList<string> Cc { get; init; } = [];

    public string? ReplyTo { get; init; }

    public string? ReplyToName { get; init; }

    public string? Template { get; init; }

    public Guid? LinkId { get; init; }
}
