namespace EngagementFlows.Testing.Smtp;

/// <summary>What the peer understood of one message.</summary>
/// <param name="From">The envelope's sender.</param>
/// <param name="To">The envelope's recipients.</param>
/// <param name="BodyType"><c>7bit</c> or <c>8bitmime</c>.</param>
/// <param name="SmtpUtf8">Whether SMTPUTF8 was asked for.</param>
/// <param name="Secure">Whether it came under TLS.</param>
/// <param name="User">Who had signed in, or <see langword="null"/>.</param>
/// <param name="Hello">The name given in EHLO.</param>
/// <param name="Content">The message, byte for byte.</param>
public sealed record SmtpPeerMessage(
    string From, IReadOnlyList<string> To, string BodyType, bool SmtpUtf8, bool Secure, string? User, string Hello, byte[] Content);
