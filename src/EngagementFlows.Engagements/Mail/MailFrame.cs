namespace EngagementFlows.Engagements.Mail;

/// <summary>What every mail shows around its letter: who writes, how to reach him, by when he wants an answer.</summary>
/// <param name="FirmName">The firm's name.</param>
/// <param name="SenderName">The person who writes.</param>
/// <param name="SenderPhone">His phone number, or <see langword="null"/>.</param>
/// <param name="ReplyAddress">The address that replies reach; a person reads it.</param>
public sealed record MailFrame(string FirmName, string SenderName, string? SenderPhone, string ReplyAddress)
{
    /// <summary>Gets the instant by which an answer is wanted, or <see langword="null"/>.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Gets whether that instant may move, since the holidays of its year are not published yet.</summary>
    public bool DueIsProvisional { get; init; }

    /// <summary>Gets the reader's zone.</summary>
    /// <value>Default UTC.</value>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Gets the instant of composing, which <c>'now' | date</c> reads.</summary>
    public required DateTimeOffset Now { get; init; }
}
