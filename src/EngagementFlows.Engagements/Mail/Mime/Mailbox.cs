using System.Globalization;

namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>A person's name and mail address, safe to stand in a header and in the dialogue with a mail server.</summary>
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

    /// <summary>Gets the address in ASCII; an international host stands in its <c>xn--</c> form, so that look-alikes show.</summary>
    public string Address { get; }

    /// <summary>Gets the name as one line, or <see langword="null"/>.</summary>
    public string? Name { get; }

    /// <summary>Checks an address and makes a mailbox of it.</summary>
    /// <param name="address">One address: <c>name@host.example</c>; the host may be international.</param>
    /// <param name="name">The name to show, any text; line breaks and control characters are taken out. <see langword="null"/> or blank for none.</param>
    /// <exception cref="FormatException">The address is none, or could be read as more than one.</exception>
    public static Mailbox Of(string address, string? name = null)
    {
        int at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1)
            throw Refused(address, "it must have the form name@host.example");
        string local = address[..at];
        if (local.Length > LongestLocalPart || local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal) || !local.All(IsLocal))
            throw Refused(address, $"what stands before the @ may hold ASCII letters, digits, {AtextMarks} and single dots between them, at most {LongestLocalPart} of them");
        string host = HostOf(address, address[(at + 1)..]);
        string clean = $"{local}@{host}";
        if (clean.Length > LongestAddress)
            throw Refused(address, $"it is longer than {LongestAddress} characters");
        string shown = name is null ? "" : ValueCode.OneLine(name);
        return new Mailbox(clean, shown.Length == 0 ? null : shown);
    }

    private static bool IsLocal(char unit) => unit == '.' || char.IsAsciiLetterOrDigit(unit) || AtextMarks.Contains(unit, StringComparison.Ordinal);

    private static string HostOf(string address, string host)
    {
        string ascii;
        try
        {
            ascii = new IdnMapping { AllowUnassigned = false, UseStd3AsciiRules = true }.GetAscii(host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            throw Refused(address, $"'{ValueCode.OneLine(host)}' is no host name");
        }

        bool isHost = ascii.Split('.').All(label =>
            label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-'));
        return isHost ? ascii : throw Refused(address, $"'{ValueCode.OneLine(host)}' is no host name");
    }

    private static FormatException Refused(string address, string why) => new($"'{ValueCode.OneLine(address)}' cannot be used as a mail address: {why}.");
}
