using System.Globalization;
using System.Text;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Calendars;

/// <summary>What is wrong with a line of an iCalendar file.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What is wrong and the way out.</param>
public sealed record IcsFault(int Line, LocalizedText Message);

/// <summary>What an iCalendar file says.</summary>
/// <param name="Days">Its days, in order, each once; of two events on one date the later one counts.</param>
/// <param name="Faults">What is wrong with it; nothing is to be imported while there is any. At most <see cref="IcsHolidays.MostFaults"/>.</param>
/// <param name="PassedOver">How many events have a time of day or were called off: they are no days off.</param>
public sealed record IcsReading(IReadOnlyList<Holiday> Days, IReadOnlyList<IcsFault> Faults, int PassedOver)
{
    /// <summary>Gets the last year that it names; <see langword="null"/> if it names none.</summary>
    public int? LastYear => Days.Count == 0 ? null : Days[^1].Date.Year;
}

/// <summary>Reads days off and make-up working days from an iCalendar file (RFC 5545): every event that lasts whole days.</summary>
/// <remarks>
/// A make-up working day is one whose summary says so: 补班, 上班, a 班 at its end, “make-up” or “working day”. Dates are taken as they stand; a zone has no meaning for whole days.
/// Events that repeat are a fault, since their end is not in the file, and so is everything larger than any calendar of holidays: a file is read in one pass, in time that grows with its length.
/// </remarks>
public static class IcsHolidays
{
    /// <summary>The greatest length of a file, in characters.</summary>
    public const int MaxCharacters = 1_000_000;

    /// <summary>The most days that a calendar holds.</summary>
    public const int MostDays = 5_000;

    /// <summary>The most faults that are told.</summary>
    public const int MostFaults = 100;

    /// <summary>The first year that is believed.</summary>
    public const int FirstYear = 2000;

    /// <summary>The last year that is believed.</summary>
    public const int LastYear = 2200;

    private const int LongestEvent = 366;
    private const int LongestLine = 8_000;
    private const int DeepestNesting = 10;

    private static readonly string[] MakeUpWords = ["补班", "上班", "make-up", "makeup", "make up", "working day", "workday"];

    /// <summary>Reads a file.</summary>
    /// <param name="text">The file's text.</param>
    public static IcsReading Read(string text)
    {
        Reading reading = new();
        if (text.Length > MaxCharacters)
            reading.Fault(1, $"The file has {text.Length} characters; at most {MaxCharacters} are read. Export a shorter span of time.", $"文件有 {text.Length} 个字符，最多读取 {MaxCharacters} 个。请缩短导出的时间范围。");
        else
            reading.Walk(text);
        return reading.Result();
    }

    private sealed class Reading
    {
        private readonly Dictionary<DateOnly, Holiday> _days = [];
        private readonly List<IcsFault> _faults = [];
        private readonly List<string> _open = [];
        private bool _any;
        private int _passedOver;
        private Event? _event;

        public void Fault(int line, string english, string chinese)
        {
            if (_faults.Count < MostFaults)
                _faults.Add(new(line, new(english, chinese)));
        }

        public IcsReading Result() => new([.. _days.Values.OrderBy(day => day.Date)], _faults, _passedOver);

        public void Walk(string text)
        {
            foreach ((int line, string content) in Unfold(text))
            {
                if (content.Length > LongestLine)
                {
                    Fault(line, $"The line has more than {LongestLine} characters. It is no holiday; take it out.", $"该行超过 {LongestLine} 个字符，不是节假日数据，请删除。");
                    continue;
                }

                int colon = content.IndexOf(':');
                if (colon < 0)
                    continue;
                string[] parts = content[..colon].ToUpperInvariant().Split(';');
                Take(line, parts[0], parts[1..], content[(colon + 1)..].Trim());
                if (_days.Count > MostDays)
                {
                    Fault(line, $"The file holds more than {MostDays} days; that is no calendar of holidays. Export a shorter span of time.", $"文件包含的日期超过 {MostDays} 天，不是节假日日历。请缩短导出的时间范围。");
                    return;
                }
            }

            if (!_any)
                Fault(1, "The file is not an iCalendar file; it must begin with 'BEGIN:VCALENDAR'.", "这不是 iCalendar 文件：应以“BEGIN:VCALENDAR”开头。");
            if (_event is { } open)
                Fault(open.Line, "The event has no end ('END:VEVENT'); the file is cut short. Export it again.", "该事件没有结束标记（END:VEVENT），文件不完整，请重新导出。");
        }

        private void Take(int line, string name, string[] parameters, string value)
        {
            switch (name)
            {
                case "BEGIN":
                    Begin(line, value.ToUpperInvariant());
                    break;
                case "END":
                    End(value.ToUpperInvariant());
                    break;
                // A time zone or an alarm inside has names of its own that mean nothing here.
                case var _ when _event is null || _open.Count == 0 || _open[^1] != "VEVENT":
                    break;
                case "SUMMARY":
                    _event.Summary = Unescape(value);
                    if (TextRule.FaultOfLine(_event.Summary, TextRule.NameLength) is not null)
                        Fault(line, $"The summary must be one line of at most {TextRule.NameLength} characters.", $"标题须为一行，且不超过 {TextRule.NameLength} 个字符。");
                    break;
                case "STATUS":
                    _event.IsCalledOff = value.Equals("CANCELLED", StringComparison.OrdinalIgnoreCase);
                    break;
                case "DTSTART" or "DTEND":
                    Date(line, name, parameters, value);
                    break;
                case "DURATION":
                    _event.Length = LengthOf(value);
                    if (_event.Length is null)
                        Fault(line, $"The length '{Shown(value)}' is not one in whole days, like P2D.", $"时长“{Shown(value)}”不是整天数，应写作 P2D 这样的形式。");
                    break;
                case "RRULE" or "RDATE" or "EXRULE":
                    _event.RepeatsAt = (line, name);
                    break;
                default:
                    break;
            }
        }

        private void Begin(int line, string component)
        {
            _any |= component == "VCALENDAR";
            if (_open.Count >= DeepestNesting)
            {
                Fault(line, $"Components are nested more than {DeepestNesting} deep.", $"组件嵌套超过 {DeepestNesting} 层。");
                return;
            }

            if (component == "VEVENT")
            {
                if (_event is { } open)
                    Fault(open.Line, "The event has no end before the next one begins.", "该事件在下一事件开始之前没有结束。");
                _event = new(line);
            }

            _open.Add(component);
        }

        private void End(string component)
        {
            int at = _open.LastIndexOf(component);
            if (at >= 0)
                _open.RemoveRange(at, _open.Count - at);
            if (component != "VEVENT" || _event is not { } done)
                return;
            _event = null;
            Close(done);
        }

        private void Close(Event done)
        {
            if (done.IsFaulty)
                return;
            if (done.IsTimed || done.IsCalledOff)
            {
                _passedOver++;
                return;
            }

            if (done.RepeatsAt is var (line, name))
            {
                Fault(line, $"The event repeats ('{name}'), and its end is not in the file; write each date as an event of its own.", $"该事件会重复（{name}），文件中没有其结束日期；请把每个日期写成单独的事件。");
                return;
            }

            if (done.Start is not { } first)
            {
                Fault(done.Line, "The event has no date ('DTSTART').", "该事件没有日期（DTSTART）。");
                return;
            }

            // DTEND is the day after the last one (RFC 5545 §3.6.1).
            int days = (done.End?.DayNumber ?? (first.DayNumber + (done.Length ?? 1))) - first.DayNumber;
            if (days is < 1 or > LongestEvent)
            {
                Fault(
                    done.Line, $"The event from '{first:yyyy-MM-dd}' must last at least one day and at most {LongestEvent}; it lasts {days}.",
                    $"自“{first:yyyy-MM-dd}”起的事件应持续 1 至 {LongestEvent} 天，现为 {days} 天。");
                return;
            }

            string summary = string.IsNullOrWhiteSpace(done.Summary) ? "–" : done.Summary;
            for (int i = 0; i < days && _days.Count <= MostDays; i++)
                _days[first.AddDays(i)] = new(first.AddDays(i), new(summary, summary), IsMakeUp(summary));
        }

        private void Date(int line, string name, string[] parameters, string value)
        {
            // A time of day makes it an appointment, whatever its zone: 20260601T090000Z, TZID=Asia/Tokyo:20260601T090000.
            if (value.Length > 8 && value[8] is 'T' or 't' && !parameters.Contains("VALUE=DATE"))
            {
                _event!.IsTimed = true;
                return;
            }

            if (!DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            {
                _event!.IsFaulty = true;
                Fault(line, $"'{Shown(value)}' is not a date of the form YYYYMMDD.", $"“{Shown(value)}”不是 YYYYMMDD 形式的日期。");
            }
            else if (date.Year is < FirstYear or > LastYear)
            {
                _event!.IsFaulty = true;
                Fault(line, $"'{date:yyyy-MM-dd}' lies outside of the years {FirstYear} to {LastYear}.", $"“{date:yyyy-MM-dd}”不在 {FirstYear} 至 {LastYear} 年之间。");
            }
            else if (name == "DTSTART")
            {
                _event!.Start = date;
            }
            else
            {
                _event!.End = date;
            }
        }
    }

    private sealed class Event(int line)
    {
        public int Line => line;

        public DateOnly? Start { get; set; }

        public DateOnly? End { get; set; }

        public int? Length { get; set; }

        public string Summary { get; set; } = "";

        public bool IsTimed { get; set; }

        public bool IsCalledOff { get; set; }

        public bool IsFaulty { get; set; }

        public (int Line, string Name)? RepeatsAt { get; set; }
    }

    private static bool IsMakeUp(string summary) =>
        summary.TrimEnd('）', ')', '】', ' ').EndsWith('班') || MakeUpWords.Any(word => summary.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static int? LengthOf(string value)
    {
        if (value.Length is < 3 or > 6 || value[0] is not ('P' or 'p') || !int.TryParse(value.AsSpan(1, value.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            return null;
        return value[^1] switch { 'D' or 'd' => count, 'W' or 'w' => count * 7, _ => null };
    }

    private static string Shown(string value) => value.Length <= 40 ? value : value[..40] + "…";

    // A line that begins with a blank continues the one before it (RFC 5545 §3.1).
    private static IEnumerable<(int Line, string Content)> Unfold(string text)
    {
        StringBuilder content = new();
        int begin = 1;
        int number = 0;
        foreach (ReadOnlyMemory<char> line in LinesOf(text))
        {
            number++;
            if (number > 1 && line.Length > 0 && line.Span[0] is ' ' or '\t')
            {
                // What is too long already is told as that; it need not be kept whole.
                if (content.Length <= LongestLine)
                    content.Append(line.Span[1..]);
                continue;
            }

            if (number > 1)
                yield return (begin, content.ToString());
            content.Clear().Append(line.Span[..Math.Min(line.Length, LongestLine + 1)]);
            begin = number;
        }

        yield return (begin, content.ToString());
    }

    private static IEnumerable<ReadOnlyMemory<char>> LinesOf(string text)
    {
        int start = text.StartsWith('\uFEFF') ? 1 : 0;
        while (true)
        {
            int end = text.AsSpan(start).IndexOfAny('\r', '\n');
            if (end < 0)
            {
                yield return text.AsMemory(start);
                yield break;
            }

            yield return text.AsMemory(start, end);
            start += end + (text.AsSpan(start + end).StartsWith("\r\n") ? 2 : 1);
        }
    }

    private static string Unescape(string value)
    {
        StringBuilder plain = new(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length)
                plain.Append(value[++i] is 'n' or 'N' ? ' ' : value[i]);
            else
                plain.Append(value[i]);
        }

        return plain.ToString().Trim();
    }
}
