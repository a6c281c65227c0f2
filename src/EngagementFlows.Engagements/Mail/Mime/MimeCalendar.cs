using System.Text;

namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>An invitation, its change, its withdrawal or an answer to one (RFC 5546, RFC 6047), written twice: as an alternative of the letter, which calendars act upon, and as
/// a file, for programs that show no alternative.</summary>
/// <param name="Method">The method, the same as in the content: <c>REQUEST</c>, <c>CANCEL</c> or <c>REPLY</c>.</param>
/// <param name="Content">The calendar object (RFC 5545); its lines are folded anew when it is written.</param>
/// <param name="FileName">The name of the file.</param>
public sealed record MimeCalendar(string Method, string Content, string FileName = MimeCalendar.DefaultFileName)
{
    /// <summary>The name of the file, if nobody wants another.</summary>
    public const string DefaultFileName = "invite.ics";

    /// <summary>The greatest size of a calendar object, in bytes of UTF-8.</summary>
    public const int MaxBytes = 64 * 1024;

    private const string Begin = "BEGIN:VCALENDAR";
    private const string End = "END:VCALENDAR";

    private static readonly string[] Methods = ["REQUEST", "CANCEL", "REPLY"];

    /// <summary>Reads a calendar object: its own method is the mail's, so the two cannot differ.</summary>
    /// <param name="content">The object, folded or not.</param>
    /// <exception cref="FormatException">It is none, is larger than <see cref="MaxBytes"/>, or asks for something that no mail of ours does.</exception>
    public static MimeCalendar Of(string content)
    {
        string whole = CalendarLines.Unfold(content);
        if (Encoding.UTF8.GetByteCount(whole) > MaxBytes)
            throw new FormatException($"The calendar object has {Encoding.UTF8.GetByteCount(whole)} bytes; at most {MaxBytes} are sent.");
        if (whole.Any(unit => char.IsControl(unit) && unit is not ('\n' or '\t')))
            throw new FormatException("The calendar object holds a control character. Line breaks in its texts are written as \\n.");
        string[] lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 3 || !Is(lines[0], Begin) || !Is(lines[^1], End) || lines[1..^1].Any(line => Is(line, Begin) || Is(line, End)))
            throw new FormatException($"The calendar object must begin with '{Begin}' and end with '{End}', once.");
        return new(MethodOf(lines), whole);
    }

    private static string MethodOf(string[] lines)
    {
        string[] found = [.. lines.Where(line => line.StartsWith("METHOD:", StringComparison.OrdinalIgnoreCase)).Select(line => line["METHOD:".Length..].Trim().ToUpperInvariant())];
        return found is [string one] && Methods.Contains(one)
            ? one
            : throw new FormatException($"The calendar object has the method '{string.Join("', '", found.Take(3).Select(ValueCode.OneLine))}'; it must have one of {string.Join(", ", Methods)}.");
    }

    private static bool Is(string line, string wanted) => line.Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
