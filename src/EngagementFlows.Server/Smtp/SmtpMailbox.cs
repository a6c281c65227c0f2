using System.Globalization;
using System.Text;

namespace EngagementFlows.Server.Smtp;

/// <summary>An address as it goes into MAIL FROM and RCPT TO: checked, the domain in its ASCII form.</summary>
internal sealed record SmtpMailbox
{
    private const int MaxLocalBytes = 64;
    private const int MaxBytes = 254;
    private const string AtomPunctuation = "!#$%&'*+-/=?^_`{|}~.";

    // Without its own state, so shared. Unassigned code points are refused: they may mean another domain tomorrow.
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    private SmtpMailbox(string wire, bool needsSmtpUtf8)
    {
        Wire = wire;
        NeedsSmtpUtf8 = needsSmtpUtf8;
    }

    /// <summary>Gets the address as sent, without angle brackets.</summary>
    public string Wire { get; }

    /// <summary>Gets whether the part before the @ is not ASCII (RFC 6531).</summary>
    public bool NeedsSmtpUtf8 { get; }

    /// <summary>Reads a bare address; <paramref name="fault"/> says what is wrong with it, with unprintable characters made visible.</summary>
    public static SmtpMailbox? TryParse(string text, out string fault)
    {
        fault = Fault(text, out SmtpMailbox? mailbox) ?? "";
        if (mailbox is null)
            fault = $"The address '{Visible(text)}' cannot be used in a mail: {fault}. It needs the form 'name@example.com', without a display name.";
        return mailbox;
    }

    private static string? Fault(string text, out SmtpMailbox? mailbox)
    {
        mailbox = null;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || IsForbidden(rune))
                return $"it contains the character U+{rune.Value:X4}";
        }

        int at = text.LastIndexOf('@');
        if (at < 0)
            return "it has no @";

        string local = text[..at];
        if (local.Length == 0 || Encoding.UTF8.GetByteCount(local) > MaxLocalBytes)
            return $"the part before the @ must have 1 to {MaxLocalBytes} bytes";
        if (!IsQuoted(local) && !IsDotAtom(local))
            return "the part before the @ holds characters or dots that are not allowed there";

        string? domain = AsciiDomain(text[(at + 1)..]);
        if (domain is null)
            return "the part after the @ is not a domain name";

        string wire = $"{local}@{domain}";
        if (Encoding.UTF8.GetByteCount(wire) > MaxBytes)
            return $"it has more than {MaxBytes} bytes";

        mailbox = new SmtpMailbox(wire, !Ascii.IsValid(local));
        return null;
    }

    /// <summary>Returns the domain name in lower-case ASCII (punycode), or <see langword="null"/> if it is none.</summary>
    public static string? AsciiDomain(string domain)
    {
        string ascii;
        try
        {
            ascii = Idn.GetAscii(domain.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }

        return ascii.Length is > 0 and <= 253 && ascii.Split('.').All(IsLabel) ? ascii : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsDotAtom(string local) =>
        local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && local.All(c => char.IsAsciiLetterOrDigit(c) || c > 0x9f || AtomPunctuation.Contains(c, StringComparison.Ordinal));

    private static bool IsQuoted(string local)
    {
        if (local.Length < 3 || local[0] != '"' || local[^1] != '"')
            return false;

        for (int at = 1; at < local.Length - 1; at++)
        {
            if (local[at] == '"' || !char.IsAscii(local[at]) || (local[at] == '\\' && ++at == local.Length - 1))
                return false;
        }

        return true;
    }

    // Besides controls: line separators, which some software takes for line ends, blanks other than the space (look-alikes),
    // and formatting characters, which turn the written order of an address round.
    private static bool IsForbidden(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse => true,
        UnicodeCategory.SpaceSeparator => rune.Value != ' ',
        _ => false,
    };

    private static string Visible(string text)
    {
        StringBuilder visible = new();
        foreach (Rune rune in text.EnumerateRunes().Take(MaxBytes))
            _ = IsForbidden(rune) ? visible.Append($"\\u{{{rune.Value:X}}}") : visible.Append(rune.ToString());
        return visible.ToString();
    }
}
