using System.Text;

namespace EngagementFlows.Server.Smtp;

/// <summary>Puts the lines of one answer together and bounds what a hostile server can make us keep.</summary>
internal sealed class SmtpReplyParser
{
    /// <summary>RFC 5321 asks for 512; sign-in challenges are longer.</summary>
    public const int MaxLineBytes = 4096;

    public const int MaxLines = 100;

    private readonly List<string> _lines = [];
    private int? _code;

    /// <summary>Takes one line without its line end and returns the answer if it is whole.</summary>
    /// <exception cref="SmtpBrokenException">It is not a line of an answer, or one too many.</exception>
    public SmtpReply? Add(ReadOnlySpan<byte> line)
    {
        bool isLast = line.Length == 3 || (line.Length > 3 && line[3] == ' ');
        if (!IsCode(line) || (!isLast && line[3] != '-'))
            throw new SmtpBrokenException($"The server answered '{Printable(line)}', which is not SMTP.");

        int lineCode = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0';
        if (_code is not null && _code != lineCode)
            throw new SmtpBrokenException($"The server changed its answer within it from {_code} to {lineCode}.");
        if (_lines.Count == MaxLines)
            throw new SmtpBrokenException($"The server's answer {lineCode} has more than {MaxLines} lines.");

        _code = lineCode;
        _lines.Add(Printable(line.Length > 4 ? line[4..] : []));
        return isLast ? new SmtpReply(lineCode, _lines) : null;
    }

    private static bool IsCode(ReadOnlySpan<byte> line) =>
        line.Length >= 3 && line[0] is >= (byte)'1' and <= (byte)'5' && char.IsAsciiDigit((char)line[1]) && char.IsAsciiDigit((char)line[2]);

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        const int MaxShown = 500;
        string text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, MaxShown)]);
        return string.Create(text.Length, text, static (target, source) =>
        {
            for (int at = 0; at < target.Length; at++)
                target[at] = char.IsControl(source[at]) ? '?' : source[at];
        });
    }
}
