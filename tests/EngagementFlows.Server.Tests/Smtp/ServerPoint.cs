namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>Where in a conversation the mail server does something wrong: instead of, or after, its answer there.</summary>
public enum ServerPoint
{
    Greeting,
    Ehlo,
    StartTls,
    Handshake,
    EhloUnderTls,
    Auth,
    Mail,
    Rcpt,
    Data,

    /// <summary>After a first part of the message was read.</summary>
    Content,

    /// <summary>After the whole message was read.</summary>
    End,
    Quit,

    /// <summary>After the user name of AUTH LOGIN.</summary>
    AuthName,

    /// <summary>After the password of AUTH LOGIN, or the answer to the challenge of AUTH CRAM-MD5.</summary>
    AuthSecret,

    /// <summary>Between two messages.</summary>
    Rset,
}
