using System.Globalization;

namespace EngagementFlows.Server.Smtp;

/// <summary>What the server offers in its answer to EHLO.</summary>
internal sealed record SmtpExtensions
{
    public static SmtpExtensions None { get; } = new();

    public bool StartTls { get; private init; }

    public bool Pipelining { get; private init; }

    public bool EightBitMime { get; private init; }

    public bool SmtpUtf8 { get; private init; }

    /// <summary>Gets whether SIZE is offered, with or without a limit.</summary>
    public bool Size { get; private init; }

    /// <summary>Gets the largest message in bytes; <see langword="null"/> = not told.</summary>
    public long? MaxSize { get; private init; }

    /// <summary>Gets the mechanisms of AUTH, in upper case.</summary>
    public IReadOnlyList<string> SignIn { get; private init; } = [];

    /// <summary>Gets the offers as the server wrote them.</summary>
    public string Words { get; private init; } = "";

    public static SmtpExtensions Read(SmtpReply ehlo)
    {
        SmtpExtensions offered = new() { Words = string.Join(", ", ehlo.Lines.Skip(1)) };
        // The first line is the server's name.
        foreach (string line in ehlo.Lines.Skip(1))
        {
            // "AUTH=LOGIN" is what servers wrote before RFC 2554 and some still write beside "AUTH LOGIN".
            string[] words = line.Replace("AUTH=", "AUTH ", StringComparison.OrdinalIgnoreCase).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
                offered = offered.With(words[0].ToUpperInvariant(), words.AsSpan(1));
        }

        return offered;
    }

    private SmtpExtensions With(string keyword, ReadOnlySpan<string> parameters) => keyword switch
    {
        "STARTTLS" => this with { StartTls = true },
        "PIPELINING" => this with { Pipelining = true },
        "8BITMIME" => this with { EightBitMime = true },
        "SMTPUTF8" => this with { SmtpUtf8 = true },
        "SIZE" => this with { Size = true, MaxSize = Limit(parameters) },
        "AUTH" => this with { SignIn = [.. SignIn.Union(parameters.ToArray().Select(name => name.ToUpperInvariant()))] },
        _ => this,
    };

    // "SIZE 0" means that there is no fixed limit.
    private static long? Limit(ReadOnlySpan<string> parameters) =>
        parameters.Length > 0 && long.TryParse(parameters[0], NumberStyles.None, CultureInfo.InvariantCulture, out long limit) && limit > 0 ? limit : null;
}
