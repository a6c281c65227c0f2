namespace EngagementFlows.Postgres.Mail;

/// <summary>A mail that is to be written.</summary>
internal sealed record MailRow(Guid Id, string EffectKey, IReadOnlyList<string> To, string Language, string Subject, string Html, string Text)
{
    public Guid? InstanceId { get; init; }

    public Guid? EngagementId { get; init; }

    public Guid? ContactId { get; init; }

    public Guid? PersonId { get; init; }

    public string? From { get; init; }

    public string? ToName { get; init; }

    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Bcc { get; init; } = [];

    public string? ReplyTo { get; init; }

    public string? ReplyToName { get; init; }

    public string? Template { get; init; }

    public Guid? LinkId { get; init; }
}
