namespace EngagementFlows.Engagements.Mail;

/// <summary>The head of a template, between two lines of three hyphens: <c>subject: …</c>.</summary>
/// <param name="Subject">The subject's template.</param>
/// <param name="SubjectLine">The line on which it stands, from 1.</param>
/// <param name="Body">What follows, behind as many empty lines as the head has, so that places in it are those of the file.</param>
internal sealed record FrontMatter(string Subject, int SubjectLine, string Body)
{
    private const string Fence = "---";

    /// <summary>Reads the head, or adds to <paramref name="faults"/> why it cannot be read.</summary>
    public static FrontMatter? Read(string path, string text, List<MailFault> faults)
    {
        string[] lines = text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        int end = Array.FindIndex(lines, 1, line => line.TrimEnd() == Fence);
        if (lines[0].TrimEnd() != Fence || end < 0)
        {
            faults.Add(new MailFault(path, "The template has no head: begin it with a line '---', a line 'subject: …' and another line '---'.", 1));
            return null;
        }

        int before = faults.Count;
        (string Value, int Line)? subject = null;
        for (int i = 1; i < end; i++)
        {
            if (ReadEntry(path, lines[i], i + 1, faults) is not { } value)
                continue;
            if (subject is not null)
                faults.Add(new MailFault(path, "The head has a second 'subject': keep one.", i + 1));
            subject ??= (value, i + 1);
        }

        if (subject is null && faults.Count == before)
            faults.Add(new MailFault(path, "The head has no subject: add a line 'subject: …' that says who writes and what about.", 1));
        string body = new string('\n', end + 1) + string.Join('\n', lines.Skip(end + 1));
        return subject is null ? null : new FrontMatter(subject.Value.Value, subject.Value.Line, body);
    }

    private static string? ReadEntry(string path, string line, int number, List<MailFault> faults)
    {
        if (line.Trim().Length == 0)
            return null;
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        string key = colon < 0 ? line.Trim() : line[..colon].Trim();
        if (colon < 0 || key != "subject")
        {
            faults.Add(new MailFault(path, $"The head has an entry '{key}'; the only one that it knows is 'subject: …'.", number));
            return null;
        }

        string value = Unquote(line[(colon + 1)..].Trim());
        if (value.Length == 0)
        {
            faults.Add(new MailFault(path, "The subject is empty: say who writes and what about.", number));
            return null;
        }

        return value;
    }

    // As in YAML, a value may stand in quotes; Liquid's own quotes are inside of braces and stay.
    private static string Unquote(string value) =>
        value.Length >= 2 && value[0] == value[^1] && (value[0] is '"' or '\'') && !value[1..^1].Contains(value[0], StringComparison.Ordinal) ? value[1..^1] : value;
}
