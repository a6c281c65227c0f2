namespace EngagementFlows.Server.Smtp;

/// <summary>One message for one recipient.</summary>
/// <param name="From">The envelope's sender, where bounces go: a bare address such as <c>flows@example.com</c>.</param>
/// <param name="To">The recipient: a bare address.</param>
/// <param name="Content">The finished MIME message; line ends other than CRLF become CRLF, nothing else is changed.</param>
internal sealed record SmtpMessage(string From, string To, ReadOnlyMemory<byte> Content);
