using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace EngagementFlows.Server.Api;

/// <summary>Reads bodies within the limit.</summary>
internal static class RequestBody
{
    private const int EscapeLength = 6;

    /// <exception cref="BadHttpRequestException">The body is larger than the server's limit.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        // Kestrel counts the bytes whatever Content-Length says, and stops at the limit.
        using MemoryStream whole = new(context.Request.ContentLength is > 0 and < 1024 * 1024 and var length ? (int)length : 0);
        await context.Request.Body.CopyToAsync(whole, context.RequestAborted);
        return whole.ToArray();
    }

    /// <summary>
    /// Refuses a JSON text in which something is no text: bytes that are not UTF-8 (the reader would find them only when somebody asks for that string), U+0000, which
    /// PostgreSQL does not store, or half of a surrogate pair, which no reader takes.
    /// </summary>
    /// <exception cref="BadHttpRequestException">There is one.</exception>
    public static void RefuseUnstorable(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            throw new BadHttpRequestException($"The body is not UTF-8 (byte {FirstNotUtf8(json) + 1}). Send JSON in UTF-8.");
        for (int at = json.IndexOf((byte)'\\'); at >= 0;)
        {
            int unit = Escaped(json[at..]);
            if (unit == 0)
                throw new BadHttpRequestException($"A text in the body holds the character U+0000 (byte {at + 1}). Take it out.");
            if (unit is >= 0xD800 and <= 0xDFFF)
            {
                if (unit >= 0xDC00 || Escaped(json[Math.Min(at + EscapeLength, json.Length)..]) is not (>= 0xDC00 and <= 0xDFFF))
                    throw new BadHttpRequestException($"A text in the body holds half of a character, U+{unit:X4} (byte {at + 1}). Send both halves of the pair, or the character itself in UTF-8.");
                at += EscapeLength;
            }

            int next = at + 2 < json.Length ? json[(at + 2)..].IndexOf((byte)'\\') : -1;
            at = next < 0 ? -1 : at + 2 + next;
        }
    }

    private static int FirstNotUtf8(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == OperationStatus.Done)
            at += length;
        return at;
    }

    // The code unit of an escape at the beginning, or -1.
    private static int Escaped(ReadOnlySpan<byte> json) =>
        json.Length >= EscapeLength && json.StartsWith("\\u"u8) && int.TryParse(json[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int unit) ? unit : -1;
}
