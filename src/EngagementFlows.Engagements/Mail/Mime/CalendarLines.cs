using System.Text;

namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>The lines of a calendar object (RFC 5545 §3.1): folded they travel, unfolded they can be read and their addresses filled in.</summary>
public static class CalendarLines
{
    private const int LongestLine = 75;

    /// <summary>Returns the object with each of its lines whole, ended by a line feed; empty lines are left out.</summary>
    public static string Unfold(string content)
    {
        string lines = content.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        string whole = lines.Replace("\n ", "", StringComparison.Ordinal).Replace("\n\t", "", StringComparison.Ordinal);
        StringBuilder unfolded = new(whole.Length + 1);
        foreach (string line in whole.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            unfolded.Append(line).Append('\n');
        return unfolded.ToString();
    }

    /// <summary>Returns the object as it travels: no line longer than 75 bytes, no character cut in two, CR LF at the end of each.</summary>
    public static string Fold(string content)
    {
        StringBuilder folded = new(content.Length + (content.Length / 32));
        foreach (string line in Unfold(content).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int used = 0;
            foreach (Rune rune in line.EnumerateRunes())
            {
                if (used + rune.Utf8SequenceLength > LongestLine)
                {
                    folded.Append("\r\n ");
                    used = 1;
                }

                folded.Append(rune.ToString());
                used += rune.Utf8SequenceLength;
            }

            folded.Append("\r\n");
        }

        return folded.ToString();
    }
}
