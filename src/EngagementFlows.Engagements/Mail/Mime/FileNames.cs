using System.Globalization;
using System.Text;

namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>The names of attached files.</summary>
public static class FileNames
{
    private const int LongestName = 120;
    private const int LongestSection = 60;

    /// <summary>Returns a name that is one file's on every system: no folders, no control characters, no marks that shells or Windows read.</summary>
    public static string Clean(string name)
    {
        string line = ValueCode.OneLine(name);
        StringBuilder clean = new(line.Length);
        foreach (Rune rune in line.EnumerateRunes().Take(LongestName))
            clean.Append("/\\:*?\"<>|".Contains((char)(rune.IsBmp ? rune.Value : 'a'), StringComparison.Ordinal) ? "_" : rune.ToString());
        string result = clean.ToString().Trim('.', ' ');
        return result.Length == 0 ? "attachment" : result;
    }

    /// <summary>Returns the disposition: the name in ASCII for old programs, and in sections of RFC 2231 if it has other characters.</summary>
    public static string Disposition(string name)
    {
        string ascii = new([.. name.Select(unit => unit is >= ' ' and <= '~' and not ('"' or '\\' or '%') ? unit : '_')]);
        if (ascii == name && name.Length <= LongestSection && !name.Contains("=?", StringComparison.Ordinal))
            return $"attachment; filename=\"{name}\"";
        List<string> sections = Sections(name);
        if (sections.Count == 1)
            return $"attachment; filename*=utf-8''{sections[0]}";
        IEnumerable<string> parts = sections.Select((section, index) => string.Create(CultureInfo.InvariantCulture, $"filename*{index}*={(index == 0 ? "utf-8''" : "")}{section}"));
        return "attachment; " + string.Join("; ", parts);
    }

    private static List<string> Sections(string name)
    {
        List<string> sections = [];
        StringBuilder current = new();
        foreach (Rune rune in name.EnumerateRunes())
        {
            string encoded = Uri.EscapeDataString(rune.ToString()).Replace("'", "%27", StringComparison.Ordinal).Replace("(", "%28", StringComparison.Ordinal)
                .Replace(")", "%29", StringComparison.Ordinal).Replace("*", "%2A", StringComparison.Ordinal);
            if (current.Length + encoded.Length > LongestSection)
            {
                sections.Add(current.ToString());
                current.Clear();
            }

            current.Append(encoded);
        }

        sections.Add(current.ToString());
        return sections;
    }
}
