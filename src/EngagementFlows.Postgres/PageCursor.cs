using System.Buffers.Text;
using System.Text;

namespace EngagementFlows.Postgres;

/// <summary>The place in a list where the next page begins: the sort key and id of the last row, opaque to callers.</summary>
internal static class PageCursor
{
    private const char Separator = '\u001f';

    // Malformed bytes are no text of ours: they must not become U+FFFD and pass for a key.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Of(string key, Guid id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{key}{Separator}{id:N}"));

    /// <summary>Reads a cursor; <see langword="null"/> for the first page.</summary>
    /// <exception cref="ListPlaceException">It is none that <see cref="Of"/> made.</exception>
    public static (string Key, Guid Id)? Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
            return null;
        if (cursor.Length > 2000 || TextOf(cursor) is not { } text || text.Contains('\0', StringComparison.Ordinal))
            throw new ListPlaceException(ListPlace.After, cursor);
        int at = text.LastIndexOf(Separator);
        return at >= 0 && Guid.TryParseExact(text.AsSpan(at + 1), "N", out Guid id) ? (text[..at], id) : throw new ListPlaceException(ListPlace.After, cursor);
    }

    private static string? TextOf(string cursor)
    {
        try
        {
            return Strict.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
