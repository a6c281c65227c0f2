using System.Net;

namespace EngagementFlows.Server.Smtp;

/// <summary>The settings <c>EngagementFlows:Mail:Smtp</c>.</summary>
internal sealed record SmtpOptions
{
    public const string Section = "EngagementFlows:Mail:Smtp";

    /// <summary>Gets the mail server's host name or IP address; its certificate must be made out to it.</summary>
    public required string Host { get; init; }

    /// <summary>Gets the port, 1–65535; <see langword="null"/> = 465 with <see cref="SmtpSecurity.Tls"/>, 25 with <see cref="SmtpSecurity.None"/>, else 587.</summary>
    public int? Port { get; init; }

    /// <summary>Gets how the line is encrypted; default <see cref="SmtpSecurity.Auto"/>.</summary>
    public SmtpSecurity Security { get; init; }

    /// <summary>Gets who signs in; <see langword="null"/> = nobody.</summary>
    public string? UserName { get; init; }

    /// <summary>Gets the password of <see cref="UserName"/>, or <see langword="null"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Gets the file that holds the password (its last line end is not part of it); read for each new connection, so it may be rotated.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Gets how an access token is had (XOAUTH2) instead of a password, or <see langword="null"/>.</summary>
    public SmtpOAuthOptions? OAuth { get; init; }

    /// <summary>Gets a PEM file of certificate authorities that are trusted for this host in place of the machine's own, or <see langword="null"/>.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Gets how long connecting, and each answer of the server, may take; 1 s to 1 min, default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how many connections this process holds at once; 1–50, default 4.</summary>
    public int MaxConnections { get; init; } = 4;

    /// <summary>Gets after how many messages a connection is closed; 1–10,000, default 100.</summary>
    public int MessagesPerConnection { get; init; } = 100;

    /// <summary>Gets how many messages this process gives the server within any 60 minutes; 1–1,000,000, <see langword="null"/> = no limit.</summary>
    public int? MessagesPerHour { get; init; }

    /// <summary>Gets the name given in EHLO; <see langword="null"/> = the connection's own IP address in brackets.</summary>
    public string? ClientName { get; init; }

    /// <summary>Gets how long a message that is being sent is ours (<c>EngagementFlows:Outbox:SendingLease</c>); default 10 minutes.</summary>
    public TimeSpan SendingLease { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets the longest time between the call of <c>onSending</c> and the result: nine tenths of the lease.</summary>
    /// <remarks>What is left of it waits for the answer to the whole message, however short <see cref="Timeout"/> is: giving up on that one makes the
    /// message uncertain, and servers scan before they answer.</remarks>
    public TimeSpan LongestSending => SendingLease * 0.9;

    /// <summary>Gets the longest time that a message's content may take to be written.</summary>
    public TimeSpan LongestContent => SendingLease * 0.4;

    /// <summary>Gets the latest time after the call of <c>onSending</c> at which a message's end is sent: later no time would be left for the answer.</summary>
    public TimeSpan LatestEnd => SendingLease * 0.8;

    public int EffectivePort => Port ?? Security switch
    {
        SmtpSecurity.Tls => 465,
        SmtpSecurity.None => 25,
        _ => 587,
    };

    public bool UsesImplicitTls => Security == SmtpSecurity.Tls || (Security == SmtpSecurity.Auto && EffectivePort == 465);

    public bool UsesStartTls => Security == SmtpSecurity.StartTls || (Security == SmtpSecurity.Auto && EffectivePort != 465 && !IsThisMachine);

    /// <summary>Gets whether the host is the machine itself, to which a password may go in clear.</summary>
    public bool IsThisMachine =>
        Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    public string Server => $"{Host}:{EffectivePort}";

    /// <summary>Returns the server's name only: a record's own text would hold the password.</summary>
    public override string ToString() => Server;
}
