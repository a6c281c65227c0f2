using System.Text;

namespace EngagementFlows.Server.Smtp;

/// <summary>A message's bytes and what a server must be able to take to get them.</summary>
internal sealed record MessageContent
{
    /// <summary>The longest line without its CRLF (RFC 5321 §4.5.3.1.6).</summary>
    public const int MaxLineBytes = 998;

    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Gets the size by RFC 1870: with CRLF line ends, without the dots that travelling adds.</summary>
    public required long Size { get; init; }

    /// <summary>Gets whether any byte is above 127: the server must offer 8BITMIME.</summary>
    public required bool Has8Bit { get; init; }

    /// <summary>Gets whether the header itself is UTF-8: the server must offer SMTPUTF8.</summary>
    public required bool HasUtf8Header { get; init; }

    /// <summary>Inspects a message; <paramref name="fault"/> says why no server could be given it, or is empty.</summary>
    public static MessageContent Inspect(ReadOnlyMemory<byte> bytes, out string fault)
    {
        ReadOnlySpan<byte> rest = bytes.Span;
        fault = rest.Contains((byte)0) ? "The message contains a NUL byte, which SMTP cannot carry: encode that part as base64." : "";
        long size = 0;
        bool utf8Header = false;
        bool inHeader = true;
        for (int number = 1; !rest.IsEmpty; number++)
        {
            int length = rest.IndexOfAny((byte)'\r', (byte)'\n');
            ReadOnlySpan<byte> line = length < 0 ? rest : rest[..length];
            if (line.Length > MaxLineBytes && fault.Length == 0)
                fault = $"Line {number} of the message has {line.Length} bytes; a line of a mail may have {MaxLineBytes}: fold it or encode that part.";

            inHeader &= !line.IsEmpty;
            utf8Header |= inHeader && !Ascii.IsValid(line);
            size += line.Length;
            if (length < 0)
                break;

            size += 2;
            rest = rest[(length + (rest[length..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }

        return new MessageContent { Bytes = bytes, Size = size, Has8Bit = !Ascii.IsValid(bytes.Span), HasUtf8Header = utf8Header };
    }
}
