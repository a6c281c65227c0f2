using EngagementFlows.Engagements.Mail.Mime;

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

    public Guid? AccountLinkId { get; init; }

    public Guid? LinkCodeId { get; init; }

    public MimeCalendar? Calendar { get; init; }

    /// <summary>Gets the files of a process version that go with it.</summary>
    public IReadOnlyList<MailFile> Files { get; init; } = [];

    public string? ListUnsubscribe { get; init; }
}

/// <summary>A file of a process version that goes with a mail.</summary>
internal sealed record MailFile(string VersionId, string Path, string FileName, string ContentType);
