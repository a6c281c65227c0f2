using EngagementFlows.Engagements.Mail;

namespace EngagementFlows.Postgres.Mail;

/// <summary>What the configuration says about our mails.</summary>
/// <param name="Firm">The firm.</param>
/// <param name="FromAddress">The sender of all mails.</param>
/// <param name="FromName">The sender's name.</param>
/// <param name="EscalationLastRung">The mail address of the person to whom an escalation climbs last; <see langword="null"/> = all administrators.</param>
public sealed record MailSettings(Firm Firm, string FromAddress, string FromName, string? EscalationLastRung);
