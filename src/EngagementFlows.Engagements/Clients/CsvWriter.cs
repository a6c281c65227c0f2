using System.Buffers;
using System.Text;

namespace EngagementFlows.Engagements.Clients;

/// <summary>Writes comma-separated values by RFC 4180 that a spreadsheet shows and does not run.</summary>
public static class CsvWriter
{
    // The semicolon too: where it is the separator, spreadsheets read it as such.
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\t\"\r\n");

    /// <summary>Returns records as a file: UTF-8 with a byte order mark, by which Excel knows that it is.</summary>
    /// <remarks>A field that begins with <c>= + - @</c>, tab or CR gets an apostrophe in front: spreadsheets would take it for a formula (ASVS 1.2.10).</remarks>
    public static byte[] Write(IEnumerable<IReadOnlyList<string?>> records)
    {
        StringBuilder text = new("\uFEFF");
        foreach (IReadOnlyList<string?> record in records)
            text.AppendJoin(',', record.Select(Field)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Field(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        if (value[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            value = "'" + value;
        return !value.AsSpan().ContainsAny(Quoted) ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
