using System.Buffers;
using System.Text;

namespace EngagementFlows.Engagements.Mail.Markup;

/// <summary>The address of a link in a letter.</summary>
internal static class MailAddress
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" \t\r\n<>\"");

    /// <summary>Returns the address of a link as it is written in Markdown, with its values in place.</summary>
    /// <remarks>A value that is the whole address, or its beginning, is taken as one; inside of an address it is encoded, so that it stays the part that it stands in.</remarks>
    /// <exception cref="MailAddressException">It is not an absolute http, https or mailto address.</exception>
    public static string Of(string written)
    {
        string address = ValueCode.IsCarrying(written) ? Fill(written) : written;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("https" or "http" or "mailto"))
            throw new MailAddressException($"A link leads to '{address}', which is no address for a mail: write an absolute https, http or mailto address.");
        if (address.AsSpan().IndexOfAny(Forbidden) >= 0)
            throw new MailAddressException($"A link leads to '{address}', which holds blanks or quotes: encode them.");
        return address;
    }

    // Letters and digits of a value need no encoding, so it does not matter that they cannot be told from the template's.
    private static string Fill(string written)
    {
        // Which part of the address is reached decides what a value may be: before the path it must not be encoded, or https://… would not be one.
        string plain = ValueCode.Decode(written);
        int begin = FirstCarried(written);
        if (!written.AsSpan(0, begin).Contains("://", StringComparison.Ordinal) && !written.AsSpan(0, begin).StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            return plain;
        StringBuilder address = new(written.Length * 2);
        for (int i = 0; i < written.Length; i++)
        {
            string unit = char.IsHighSurrogate(written[i]) && i + 1 < written.Length ? written.Substring(i++, 2) : written[i].ToString();
            address.Append(ValueCode.IsCarrying(unit) ? Uri.EscapeDataString(ValueCode.Decode(unit)) : unit);
        }

        return address.ToString();
    }

    private static int FirstCarried(string written)
    {
        int at = 0;
        while (!ValueCode.IsCarrying(written[at].ToString()))
            at++;
        return at;
    }
}
