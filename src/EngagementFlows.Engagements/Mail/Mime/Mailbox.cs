using System.Globalization;
using System.Text;

namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>A person's name and mail address, safe to stand in a header and in the dialogue with a mail server.</summary>
/// <remarks>The one reading of mail addresses. Quoted local parts (<c>"two words"@host</c>) are refused: hardly anybody has one, and programs disagree where it ends.</remarks>
public sealed record Mailbox
{
    private const string AtextMarks = "!#$%&'*+-/=?^_`{|}~";
    private const int LongestLocalPart = 64;
    private const int LongestAddress = 254;

    private Mailbox(string address, string? name)
    {
        Address = address;
        Name = name;
    }

    /// <summary>Gets the address; an international host stands in its <c>xn--</c> form, so that look-alikes show.</summary>
    public string Address { get; }

    /// <summary>Gets the name as one line, or <see langword="null"/>.</summary>
    public string? Name { get; }

    /// <summary>Gets whether what stands before the @ is not ASCII, which only servers with SMTPUTF8 take (RFC 6531).</summary>
    public bool NeedsSmtpUtf8 => !Ascii.IsValid(Address);

    /// <summary>Checks an address and makes a mailbox of it.</summary>
    /// <param name="address">One address: <c>name@host.example</c>; both sides may be international.</param>
    /// <param name="name">The name to show, any text; line breaks and control characters are taken out. <see langword="null"/> or blank for none.</param>
    /// <exception cref="FormatException">The address is none, or could be read as more than one.</exception>
    public static Mailbox Of(string address, string? name = null)
    {
        if (Read(address, out string clean) is { } fault)
            throw new FormatException($"'{Visible(address)}' cannot be used as a mail address: {fault}. Write one address of the form name@host.example, without a name beside it.");
        string shown = name is null ? "" : ValueCode.OneLine(name);
        return new Mailbox(clean, shown.Length == 0 ? null : shown);
    }

    /// <summary>Returns what is wrong with an address, without the address itself, or <see langword="null"/> with its <paramref name="clean"/> form.</summary>
    internal static string? Read(string address, out string clean)
    {
        clean = "";
        foreach (Rune rune in address.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || IsForbidden(rune))
                return $"it contains the character U+{rune.Value:X4}";
        }

        int at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1)
            return "it must have the form name@host.example";
        string local = address[..at];
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal) || !local.EnumerateRunes().All(IsLocal))
            return $"what stands before the @ may hold letters, digits, {AtextMarks} and single dots between them";
        // Allowed by the grammar, but some programs would decode it, and find another address inside.
        if (local.Contains("=?", StringComparison.Ordinal))
            return "what stands before the @ looks like an encoded word (=?…?=)";
        if (Encoding.UTF8.GetByteCount(local) > LongestLocalPart)
            return $"what stands before the @ is longer than {LongestLocalPart} bytes";
        if (HostName.ToAscii(address[(at + 1)..]) is not { } host)
            return $"'{Visible(address[(at + 1)..])}' is no host name";
        if (Encoding.UTF8.GetByteCount(local) + 1 + host.Length > LongestAddress)
            return $"it is longer than {LongestAddress} bytes";
        clean = $"{local}@{host}";
        return null;
    }

    // Of the world's characters letters, their marks and digits alone: a wide comma or a wide @ looks like two addresses, or like another one.
    private static bool IsLocal(Rune rune) => rune.IsAscii
        ? rune.Value == '.' || Rune.IsLetterOrDigit(rune) || AtextMarks.Contains((char)rune.Value, StringComparison.Ordinal)
        : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

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
        foreach (Rune rune in text.EnumerateRunes().Take(LongestAddress))
            _ = IsForbidden(rune) ? visible.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}") : visible.Append(rune.ToString());
        return visible.ToString();
    }
}
