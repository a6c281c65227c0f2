using System.Text;

namespace EngagementFlows.Engagements.Clients;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Fields">The fields, unquoted.</param>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Fields);

/// <summary>Something in a file that has to be mended before it can be imported.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column's name, or <see langword="null"/> if the fault is not in one column.</param>
/// <param name="Message">What was found, the rule, and the way out, in English.</param>
/// <param name="MessageZh">The same in Chinese.</param>
public sealed record ImportFault(int Line, string? Column, string Message, string MessageZh)
{
    private const int MostShown = 100;

    /// <summary>Returns a text as messages quote it; of a very long one the beginning.</summary>
    internal static string Quote(string found) => $"'{Short(found)}'";

    /// <summary>Returns the beginning of a very long text.</summary>
    internal static string Short(string found) => found.Length <= MostShown ? found : found[..MostShown] + "…";
}

/// <summary>Reads separated values by RFC 4180: quoted fields, doubled quotes, line breaks inside quotes, LF or CRLF.</summary>
public static class CsvReader
{
    /// <summary>Splits <paramref name="text"/> into records; empty lines are left out.</summary>
    /// <remarks>Reading stops at the first fault of quoting, since nothing after it can be trusted.</remarks>
    public static IReadOnlyList<CsvRecord> Read(string text, ICollection<ImportFault> faults, char separator = ',')
    {
        List<CsvRecord> records = [];
        int at = 0;
        int line = 1;
        while (at < text.Length)
        {
            int startLine = line;
            List<string> fields = [];
            do
            {
                string? field = text[at] == '"' ? Quoted(text, ref at, ref line, separator, faults) : Plain(text, ref at, line, separator, faults);
                if (field is null)
                    return records;
                fields.Add(field);
            }
            while (at < text.Length && text[at] == separator && Step(text, ref at, fields));
            EndLine(text, ref at, ref line);
            if (fields.Count > 1 || fields[0].Length > 0)
                records.Add(new(startLine, fields));
        }

        return records;
    }

    /// <summary>Steps over a separator; one at the very end of the file is followed by one more, empty field.</summary>
    private static bool Step(string text, ref int at, List<string> fields)
    {
        at++;
        if (at < text.Length)
            return true;
        fields.Add("");
        return false;
    }

    private static string? Plain(string text, ref int at, int line, char separator, ICollection<ImportFault> faults)
    {
        int length = text.AsSpan(at).IndexOfAny([separator, '\r', '\n', '"']);
        int end = length < 0 ? text.Length : at + length;
        if (end < text.Length && text[end] == '"')
        {
            faults.Add(new(line, null, "A quotation mark stands inside a field that does not begin with one. Put the whole field in quotation marks and double those inside it.", "字段中间出现引号，但字段不是以引号开头。请用引号包住整个字段，并将其中的引号写两遍。"));
            return null;
        }

        string field = text[at..end];
        at = end;
        return field;
    }

    private static string? Quoted(string text, ref int at, ref int line, char separator, ICollection<ImportFault> faults)
    {
        int opened = line;
        StringBuilder field = new();
        for (at++; at < text.Length; at++)
        {
            char unit = text[at];
            if (unit == '\n')
                line++;
            if (unit != '"')
            {
                field.Append(unit);
                continue;
            }

            if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append('"');
                at++;
                continue;
            }

            at++;
            if (at == text.Length || text[at] == separator || text[at] is '\r' or '\n')
                return field.ToString();
            faults.Add(new(line, null, $"'{text[at]}' follows a closing quotation mark. A separator or the end of the line must follow; double the quotation marks inside the field.", $"结束引号之后出现了“{text[at]}”。其后应为分隔符或行尾；字段内的引号请写两遍。"));
            return null;
        }

        faults.Add(new(opened, null, "A quotation mark opens a field here and is never closed. Close it, or remove it.", "此处的引号没有结束。请补上结束引号，或将其删除。"));
        return null;
    }

    private static void EndLine(string text, ref int at, ref int line)
    {
        if (at < text.Length && text[at] == '\r')
            at++;
        if (at < text.Length && text[at] == '\n')
            at++;
        line++;
    }
}
