namespace EngagementFlows.Server.Smtp;

/// <summary>The connection cannot go on: it dropped, ran out of time, or the server broke the protocol. The message says which.</summary>
/// <remarks>Caught by the session, which knows what that means for the message under way.</remarks>
internal sealed class SmtpBrokenException(string reason, Exception? inner = null) : Exception(reason, inner);
