namespace EngagementFlows.Engagements.Mail.Markup;

/// <summary>Says that a link in a letter leads to no address that a reader may be sent to.</summary>
internal sealed class MailAddressException(string message) : Exception(message);
