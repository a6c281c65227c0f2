using System.Globalization;
using System.Text;

namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>Writes bodies in lines that every mail server carries unchanged (RFC 2045 §6.7, §6.8).</summary>
internal static class BodyEncoding
{
    private const int LongestLine = 76;

    /// <summary>Returns the shorter encoding of a text, and its name.</summary>
    public static (string Name, string Body) OfText(string text)
    {
        string lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\0", "", StringComparison.Ordinal);
        string quoted = QuotedPrintable(lines);
        byte[] bytes = Encoding.UTF8.GetBytes(lines.Replace("\n", "\r\n", StringComparison.Ordinal));
        return quoted.Length <= bytes.Length * 4 / 3 ? ("quoted-printable", quoted) : ("base64", Base64(bytes));
    }

    /// <summary>Returns base64 in lines of 76 characters.</summary>
    public static string Base64(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "" : Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\r\n") + "\r\n";

    private static string QuotedPrintable(string text)
    {
        StringBuilder encoded = new(text.Length + (text.Length / 8));
        foreach (string line in (text.EndsWith('\n') ? text[..^1] : text).Split('\n'))
        {
            AppendLine(encoded, Encoding.UTF8.GetBytes(line));
            encoded.Append("\r\n");
        }

        return encoded.ToString();
    }

    private static void AppendLine(StringBuilder encoded, byte[] line)
    {
        int length = 0;
        for (int i = 0; i < line.Length; i++)
        {
            string unit = UnitOf(line, i);
            // The last column is kept for the mark of a soft break.
            if (length + unit.Length > LongestLine - 1)
            {
                encoded.Append("=\r\n");
                length = 0;
            }

            encoded.Append(unit);
            length += unit.Length;
        }
    }

    private static string UnitOf(byte[] line, int index)
    {
        byte unit = line[index];
        bool isBlank = unit is (byte)' ' or (byte)'\t';
        bool isPlain = isBlank ? index < line.Length - 1 : unit is > (byte)' ' and <= (byte)'~' and not (byte)'=';
        // Some relays take a line that begins with "From " or a dot for their own.
        bool isTaken = index == 0 && (unit == '.' || (unit == 'F' && line.AsSpan().StartsWith("From "u8)));
        return isPlain && !isTaken ? ((char)unit).ToString() : "=" + unit.ToString("X2", CultureInfo.InvariantCulture);
    }
}
