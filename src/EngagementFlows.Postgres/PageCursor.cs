using System.Buffers.Text;
using System.Text;

namespace EngagementFlows.Postgres;

/// <summary>The place in a list where the next page begins: the sort key and id of the last row, opaque to callers.</summary>
internal static class PageCursor
{
    private const char Separator = '\u001f';

    public static string Of(string key, Guid id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{key}{Separator}{id:N}"));

    /// <summary>Reads a cursor; one that is none reads as <see langword="null"/> and so gives the first page.</summary>
    public static (string Key, Guid Id)? Read(string? cursor)
    {
        if (cursor is null || cursor.Length > 2000 || !Base64Url.IsValid(cursor))
            return null;
        string text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        int at = text.LastIndexOf(Separator);
        return at >= 0 && Guid.TryParseExact(text.AsSpan(at + 1), "N", out Guid id) && !text.Contains('\0', StringComparison.Ordinal) ? (text[..at], id) : null;
    }
}
