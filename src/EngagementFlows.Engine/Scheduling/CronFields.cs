using System.Globalization;
using System.Numerics;

namespace EngagementFlows.Engine.Scheduling;

/// <summary>The fields of a cron expression as sets of numbers.</summary>
internal sealed class CronFields
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private ulong _seconds;
    private ulong _minutes;
    private ulong _hours;
    private ulong _days;
    private ulong _months;
    private ulong _weekdays;
    private bool _fromEnd;
    private int _beforeEnd;
    private bool _nearestWorkday;
    private int _nth;
    private bool _lastWeekday;

    private CronFields()
    {
    }

    /// <summary>Gets whether a time field has a range, a step or a star, so that it follows the clock and not the wall.</summary>
    public bool IsInterval { get; private set; }

    public static CronFields? Parse(string text, CronFormat format, out LocalizedText? problem)
    {
        problem = null;
        string[] parts = Macro(text.Trim(), format).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        int wanted = format == CronFormat.Seconds ? 6 : 5;
        if (parts.Length != wanted)
        {
            problem = format == CronFormat.Seconds
                ? new($"It has {parts.Length} fields; six are wanted: second, minute, hour, day of month, month, day of week, for example '0 30 9 * * MON-FRI'.",
                    $"表达式有 {parts.Length} 个字段，应为六个：秒、分、时、日、月、星期，例如“0 30 9 * * MON-FRI”。")
                : new($"It has {parts.Length} fields; five are wanted: minute, hour, day of month, month, day of week, for example '30 9 * * MON-FRI'.",
                    $"表达式有 {parts.Length} 个字段，应为五个：分、时、日、月、星期，例如“30 9 * * MON-FRI”。");
            return null;
        }

        CronFields fields = new();
        int at = 0;
        try
        {
            fields._seconds = wanted == 6 ? Set(parts[at++], "second", 0, 59, null) : 1;
            fields._minutes = Set(parts[at++], "minute", 0, 59, null);
            fields._hours = Set(parts[at++], "hour", 0, 23, null);
            fields.ReadDays(parts[at++]);
            fields._months = Set(parts[at++], "month", 1, 12, Months);
            fields.ReadWeekdays(parts[at]);
            for (int i = 0; i < wanted - 3; i++)
                fields.IsInterval |= parts[i].AsSpan().IndexOfAny('*', '/', '-') >= 0;
            return fields;
        }
        catch (CronFault fault)
        {
            problem = fault.Text;
            return null;
        }
    }

    public bool HasMonth(int month) => Has(_months, month);

    public bool HasDay(DateTime day) => MatchesDayOfMonth(day) && MatchesWeekday(day);

    /// <summary>Returns the first time of day that matches, not before <paramref name="from"/>; <see langword="null"/> if there is none that day.</summary>
    public TimeSpan? NextTime(TimeSpan from)
    {
        int hour = From(_hours, from.Hours);
        if (hour < 0)
            return null;
        if (hour > from.Hours)
            return new TimeSpan(hour, From(_minutes, 0), From(_seconds, 0));
        int minute = From(_minutes, from.Minutes);
        if (minute == from.Minutes)
        {
            int second = From(_seconds, from.Seconds);
            if (second >= 0)
                return new TimeSpan(hour, minute, second);
            minute = From(_minutes, from.Minutes + 1);
        }

        if (minute >= 0)
            return new TimeSpan(hour, minute, From(_seconds, 0));
        hour = From(_hours, from.Hours + 1);
        return hour < 0 ? null : new TimeSpan(hour, From(_minutes, 0), From(_seconds, 0));
    }

    private static string Macro(string text, CronFormat format)
    {
        string? five = text.ToUpperInvariant() switch
        {
            "@YEARLY" or "@ANNUALLY" => "0 0 1 1 *",
            "@MONTHLY" => "0 0 1 * *",
            "@WEEKLY" => "0 0 * * 0",
            "@DAILY" or "@MIDNIGHT" => "0 0 * * *",
            "@HOURLY" => "0 * * * *",
            "@EVERY_MINUTE" => "* * * * *",
            _ => null,
        };
        return five is null ? text : format == CronFormat.Seconds ? "0 " + five : five;
    }

    private static ulong Set(string field, string name, int min, int max, string[]? names)
    {
        ulong set = 0;
        foreach (string part in field.Split(','))
            set |= Range(part, name, min, max, names);
        return set;
    }

    private static ulong Range(string part, string name, int min, int max, string[]? names)
    {
        string[] halves = part.Split('/');
        if (halves.Length > 2 || halves[0].Length == 0)
            throw Bad(part, name, min, max);
        int step = 1;
        if (halves.Length == 2 && (!int.TryParse(halves[1], NumberStyles.None, CultureInfo.InvariantCulture, out step) || step < 1 || step > max))
            throw Bad(part, name, min, max);
        int low;
        int high;
        if (halves[0] is "*" or "?")
        {
            if (halves[0] == "?" && name is not ("day of month" or "day of week"))
                throw Bad(part, name, min, max);
            (low, high) = (min, max);
        }
        else
        {
            string[] ends = halves[0].Split('-');
            if (ends.Length > 2)
                throw Bad(part, name, min, max);
            low = Number(ends[0], part, name, min, max, names);
            high = ends.Length == 2 ? Number(ends[1], part, name, min, max, names) : halves.Length == 2 ? max : low;
        }

        ulong set = 0;
        if (low <= high)
        {
            for (int i = low; i <= high; i += step)
                set |= 1UL << i;
            return set;
        }

        // 22-2 goes over the end: 22, 23, 0, 1, 2.
        int size = max - min + 1;
        for (int i = low; i <= high + size; i += step)
            set |= 1UL << (((i - min) % size) + min);
        return set;
    }

    private static int Number(string text, string part, string name, int min, int max, string[]? names)
    {
        int named = names is null ? -1 : Array.FindIndex(names, one => one.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0)
            return named + min;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < min || number > max)
            throw Bad(part, name, min, max);
        return number;
    }

    private static CronFault Bad(string part, string name, int min, int max) => new(
        $"The part '{part}' of the field '{name}' is not valid; numbers from {min} to {max} are allowed, with '*', ',', '-' and '/'.",
        $"字段“{InChinese(name)}”中的“{part}”无效；可用 {min} 至 {max} 的数字，以及“*”“,”“-”“/”。");

    private static string InChinese(string name) => name switch
    {
        "second" => "秒",
        "minute" => "分",
        "hour" => "时",
        "day of month" => "日",
        "month" => "月",
        _ => "星期",
    };

    private static bool Has(ulong set, int number) => (set >> number & 1) != 0;

    private static int From(ulong set, int number)
    {
        ulong rest = number > 63 ? 0 : set >> number << number;
        return rest == 0 ? -1 : BitOperations.TrailingZeroCount(rest);
    }

    private void ReadDays(string field)
    {
        string text = field.ToUpperInvariant();
        if (text is "L" or "LW" || text.StartsWith("L-", StringComparison.Ordinal))
        {
            _fromEnd = true;
            _nearestWorkday = text.EndsWith('W');
            string before = text.TrimEnd('W');
            if (before.Length > 2)
                _beforeEnd = Number(before[2..], field, "day of month", 0, 30, null);
            return;
        }

        if (text.EndsWith('W'))
        {
            _nearestWorkday = true;
            _days = 1UL << Number(text[..^1], field, "day of month", 1, 31, null);
            return;
        }

        _days = Set(text, "day of month", 1, 31, null);
    }

    private void ReadWeekdays(string field)
    {
        string text = field.ToUpperInvariant();
        int hash = text.IndexOf('#', StringComparison.Ordinal);
        if (hash > 0)
        {
            _nth = Number(text[(hash + 1)..], field, "day of week", 1, 5, null);
            text = text[..hash];
        }
        else if (text.Length > 1 && text.EndsWith('L'))
        {
            _lastWeekday = true;
            text = text[..^1];
        }

        // Both 0 and 7 are Sunday.
        ulong set = 0;
        foreach (string part in text.Split(','))
            set |= Range(part, "day of week", 0, part.Contains('7', StringComparison.Ordinal) ? 7 : 6, Days);
        _weekdays = (set | (set >> 7)) & 0x7F;
    }

    private bool MatchesDayOfMonth(DateTime day)
    {
        int last = DateTime.DaysInMonth(day.Year, day.Month);
        if (_fromEnd)
        {
            int wanted = last - _beforeEnd;
            return wanted >= 1 && day.Day == (_nearestWorkday ? NearestWorkday(day, wanted, last) : wanted);
        }

        if (!_nearestWorkday)
            return Has(_days, day.Day);
        int given = BitOperations.TrailingZeroCount(_days);
        return given <= last && day.Day == NearestWorkday(day, given, last);
    }

    private static int NearestWorkday(DateTime month, int day, int last) => new DateTime(month.Year, month.Month, day).DayOfWeek switch
    {
        DayOfWeek.Saturday => day == 1 ? 3 : day - 1,
        DayOfWeek.Sunday => day == last ? day - 2 : day + 1,
        _ => day,
    };

    private bool MatchesWeekday(DateTime day)
    {
        if (!Has(_weekdays, (int)day.DayOfWeek))
            return false;
        if (_nth > 0)
            return (day.Day - 1) / 7 == _nth - 1;
        return !_lastWeekday || day.Day + 7 > DateTime.DaysInMonth(day.Year, day.Month);
    }

    private sealed class CronFault(string en, string zhCn) : FormatException(en)
    {
        public LocalizedText Text { get; } = new(en, zhCn);
    }
}
