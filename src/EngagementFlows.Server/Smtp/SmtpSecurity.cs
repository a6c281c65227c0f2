namespace EngagementFlows.Server.Smtp;

/// <summary>How the line to the mail server is encrypted.</summary>
internal enum SmtpSecurity
{
    /// <summary>TLS from the first byte at port 465, STARTTLS at any other port, nothing towards this machine (a test sink).</summary>
    Auto,

    /// <summary>STARTTLS, and no mail without it.</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    Tls,

    /// <summary>Never encrypted; no password travels so, but to this machine.</summary>
    None,
}
