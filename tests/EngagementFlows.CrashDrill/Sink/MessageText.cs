using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EngagementFlows.CrashDrill.Sink;

/// <summary>Reads of a message what the drill needs: its effect key, and the addresses in its text part.</summary>
internal static partial class MessageText
{
    /// <summary>Returns the record of a message.</summary>
    /// <param name="to">The recipient of the envelope.</param>
    /// <param name="message">The message with its dots unstuffed, in ASCII.</param>
    public static AcceptedMail Read(string to, string message)
    {
        string head = Folded().Replace(message[..HeadLength(message)], " ");
        string key = KeyHeader().Match(head) is { Success: true } found ? found.Groups[1].Value.Trim() : MessageId().Match(head).Groups[1].Value.Trim();
        string text = TextPart(message);
        return new(
            key,
            to,
            LinkAddress().Match(text) is { Success: true } link ? link.Groups[1].Value : null,
            TaskAddress().Match(text) is { Success: true } task ? Guid.Parse(task.Groups[1].Value) : null);
    }

    /// <summary>Returns the text part, its encoding taken off; empty if there is none.</summary>
    public static string TextPart(string message)
    {
        int part = message.IndexOf("Content-Type: text/plain", StringComparison.Ordinal);
        if (part < 0)
            return "";
        int body = message.IndexOf("\r\n\r\n", part, StringComparison.Ordinal) + 4;
        // Whole boundaries: a link's token may hold two hyphens, and the encoding may begin a line with them. Parts may lie within parts.
        int end = Boundary().Matches(message[..body])
            .Select(boundary => message.IndexOf($"\r\n--{boundary.Groups[1].Value}", body, StringComparison.Ordinal))
            .Where(at => at >= 0)
            .DefaultIfEmpty(message.Length)
            .Min();
        string encoded = message[body..end];
        return message[part..body].Contains("base64", StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded))
            : Quoted().Replace(encoded.Replace("=\r\n", "", StringComparison.Ordinal), hex => ((char)byte.Parse(hex.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
    }

    private static int HeadLength(string message) => message.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and >= 0 ? end : message.Length;

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"^X-Effect-Key:(.*?)\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex KeyHeader();

    [GeneratedRegex(@"^Message-ID:(.*?)\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();

    [GeneratedRegex("boundary=\"([^\"]+)\"")]
    private static partial Regex Boundary();

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"/c/([A-Za-z0-9_.-]+)")]
    private static partial Regex LinkAddress();

    [GeneratedRegex(@"/tasks/([0-9a-f-]{36})")]
    private static partial Regex TaskAddress();
}
