using System.Globalization;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Calendars;

/// <summary>Reads days off from an iCalendar file (RFC 5545): every event that lasts whole days is a holiday.</summary>
public static class IcsHolidays
{
    private const int LongestEvent = 366;

    /// <summary>Reads a file.</summary>
    /// <param name="id">The name that the table gets.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="faults">What is wrong with it, with line numbers; nothing is imported while there is any.</param>
    /// <returns>The table, or <see langword="null"/> if there are faults.</returns>
    /// <remarks>Events with a time of day are passed over: they are appointments. Recurring events are a fault, since their end is not in the file.</remarks>
    public static HolidayTable? Read(string id, string text, out IReadOnlyList<string> faults)
    {
        List<string> found = [];
        List<Holiday> holidays = [];
        DateOnly? start = null, end = null;
        string summary = "";
        int begin = 0;
        bool any = false;
        foreach ((int line, string content) in Unfold(text))
        {
            int colon = content.IndexOf(':');
            if (colon < 0)
                continue;
            string name = content[..colon].Split(';')[0].ToUpperInvariant();
            string value = content[(colon + 1)..];
            switch (name)
            {
                case "BEGIN" when value.Equals("VCALENDAR", StringComparison.OrdinalIgnoreCase):
                    any = true;
                    break;
                case "BEGIN" when value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase):
                    (start, end, summary, begin) = (null, null, "", line);
                    break;
                case "SUMMARY":
                    summary = Unescape(value);
                    break;
                case "DTSTART" or "DTEND" when value.Length == 8:
                    if (!DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
                        found.Add($"Line {line}: '{value}' is not a date of the form YYYYMMDD.");
                    else if (name == "DTSTART")
                        start = date;
                    else
                        end = date;
                    break;
                case "RRULE" or "RDATE":
                    found.Add($"Line {line}: the event repeats ('{name}'); write each date as an event of its own.");
                    break;
                case "END" when value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase) && start is { } first:
                    // DTEND is the day after the last one (RFC 5545 §3.6.1).
                    DateOnly after = end ?? first.AddDays(1);
                    if (after <= first || after.DayNumber - first.DayNumber > LongestEvent)
                        found.Add($"Line {begin}: the event from '{first:yyyy-MM-dd}' to '{after:yyyy-MM-dd}' must last at least one day and at most {LongestEvent}.");
                    else
                        holidays.AddRange(Days(first, after, summary));
                    break;
            }
        }

        if (!any)
            found.Add("Line 1: the file is not an iCalendar file; it must begin with 'BEGIN:VCALENDAR'.");
        faults = found;
        return found.Count > 0 ? null : new HolidayTable(id, "imported iCalendar file", holidays.Count == 0 ? 0 : holidays.Max(day => day.Date.Year), holidays);
    }

    private static IEnumerable<Holiday> Days(DateOnly first, DateOnly after, string summary)
    {
        for (DateOnly date = first; date < after; date = date.AddDays(1))
            yield return new Holiday(date, new LocalizedText(summary, summary), IsWorkingDay: false);
    }

    // A line that begins with a blank continues the one before it (RFC 5545 §3.1).
    private static IEnumerable<(int Line, string Content)> Unfold(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length;)
        {
            int line = i + 1;
            string content = lines[i++];
            while (i < lines.Length && lines[i].Length > 0 && lines[i][0] is ' ' or '\t')
                content += lines[i++][1..];
            yield return (line, content);
        }
    }

    private static string Unescape(string value) =>
        value.Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",").Replace("\\;", ";").Replace("\\\\", "\\");
}
