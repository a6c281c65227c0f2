using System.Globalization;

namespace EngagementFlows.Scripts.JavaScript.Dates;

/// <summary>Reads the texts that <c>Date.parse</c> takes: ISO 8601 (ECMA-262 §21.4.1.32), else the freer forms that engines agree on.</summary>
internal static class DateParser
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Returns the time value; NaN if the text is no date.</summary>
    public static double Parse(string text, TimeZoneInfo zone)
    {
        string trimmed = text.Trim();
        return trimmed.Length > 100 ? double.NaN : Iso(trimmed, zone) ?? Free(trimmed, zone);
    }

    private static double? Iso(string text, TimeZoneInfo zone)
    {
        Reader reader = new(text);
        int sign = reader.Take('+') ? 1 : reader.Take('-') ? -1 : 0;
        if (reader.Digits(sign == 0 ? 4 : 6) is not { } year || (sign < 0 && year == 0))
            return null;
        int month = 1, date = 1;
        if (reader.Take('-'))
        {
            if (reader.Digits(2) is not { } m)
                return null;
            month = m;
            if (reader.Take('-'))
            {
                if (reader.Digits(2) is not { } d)
                    return null;
                date = d;
            }
        }

        bool hasTime = reader.Take('T') || reader.Take('t');
        (int hour, int minute, int second, double millisecond, double? offset) = (0, 0, 0, 0, null);
        if (hasTime)
        {
            if (reader.Digits(2) is not { } h || !reader.Take(':') || reader.Digits(2) is not { } n)
                return null;
            (hour, minute) = (h, n);
            if (reader.Take(':'))
            {
                if (reader.Digits(2) is not { } s)
                    return null;
                second = s;
                if (reader.Take('.'))
                {
                    if (reader.Fraction() is not { } fraction)
                        return null;
                    millisecond = fraction;
                }
            }

            if (reader.Take('Z') || reader.Take('z'))
                offset = 0;
            else if (reader.Offset(needsColon: true) is { } given)
                offset = given;
        }

        if (!reader.AtEnd)
            return null;
        // A 30 February is the 2 March to the engines that people know, so it is here.
        bool fits = month is >= 1 and <= 12 && date is >= 1 and <= 31
            && ((hour < 24 && minute < 60 && second < 60) || (hour == 24 && minute == 0 && second == 0 && millisecond == 0));
        if (!fits)
            return double.NaN;
        double local = DateMath.MakeDate(DateMath.MakeDay(sign < 0 ? -year : year, month - 1, date), DateMath.MakeTime(hour, minute, second, millisecond));
        return DateMath.TimeClip(!hasTime ? local : offset is { } known ? local - known : DateMath.Utc(local, zone));
    }

    // Words and numbers in the orders that toString, toUTCString and people use: "Tue Mar 03 2026 12:00:00 GMT+0800 (…)", "3 March 2026 9:05 pm", "2026/3/3", "3/31/2026".
    private static double Free(string text, TimeZoneInfo zone)
    {
        Reader reader = new(text);
        int? year = null, month = null, date = null;
        (int Hour, int Minute, int Second, double Millisecond)? time = null;
        double? offset = null;
        List<int> numbers = [];
        while (!reader.AtEnd)
        {
            if (reader.TakeWhere(character => char.IsWhiteSpace(character) || character == ',') || reader.Parenthesis())
                continue;
            if (reader.Word() is { } word)
            {
                int name = Array.FindIndex(Months, candidate => word.Length >= 3 && word.StartsWith(candidate, StringComparison.OrdinalIgnoreCase));
                if (name >= 0)
                    month = name + 1;
                else if (word.Equals("am", StringComparison.OrdinalIgnoreCase) || word.Equals("pm", StringComparison.OrdinalIgnoreCase))
                {
                    if (time is not { Hour: >= 1 and <= 12 } clock)
                        return double.NaN;
                    time = clock with { Hour = (clock.Hour % 12) + (word[0] is 'p' or 'P' ? 12 : 0) };
                }
                else if (word.Equals("z", StringComparison.OrdinalIgnoreCase) || word.Equals("gmt", StringComparison.OrdinalIgnoreCase) || word.Equals("utc", StringComparison.OrdinalIgnoreCase) || word.Equals("ut", StringComparison.OrdinalIgnoreCase))
                    offset = reader.Offset(needsColon: false) ?? 0;
                else if (!IsWeekday(word) && !word.Equals("t", StringComparison.OrdinalIgnoreCase))
                    return double.NaN;
            }
            else if (time is not null && reader.Offset(needsColon: false) is { } given)
                offset = given;
            else if (reader.Number() is { } number)
            {
                if (time is null && reader.Take(':'))
                {
                    if (reader.Clock(number) is not { } clock)
                        return double.NaN;
                    time = clock;
                }
                else
                    numbers.Add(number);
            }
            else if (!reader.Take('/') && !reader.Take('-') && !reader.Take('.'))
                return double.NaN;
        }

        if (month is not null)
        {
            if (numbers.Count != 2)
                return double.NaN;
            (date, year) = numbers[0] > 31 ? (numbers[1], numbers[0]) : (numbers[0], numbers[1]);
        }
        else if (numbers.Count == 3)
            (year, month, date) = numbers[0] > 31 ? (numbers[0], numbers[1], numbers[2]) : (numbers[2], numbers[0], numbers[1]);

        if (year is null || month is not (>= 1 and <= 12) || date is not (>= 1 and <= 31) || (time is { } t && (t.Hour > 24 || t.Minute > 59 || t.Second > 59)))
            return double.NaN;
        if (year < 50)
            year += 2000;
        else if (year < 100)
            year += 1900;
        (int hour, int minute, int second, double millisecond) = time ?? default;
        double local = DateMath.MakeDate(DateMath.MakeDay(year.Value, month.Value - 1, date.Value), DateMath.MakeTime(hour, minute, second, millisecond));
        return DateMath.TimeClip(offset is { } known ? local - known : DateMath.Utc(local, zone));
    }

    private static bool IsWeekday(string word) => word.Length >= 3
        && Array.Exists(["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"], day => day.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    private struct Reader(string text)
    {
        private int _at;

        public readonly bool AtEnd => _at >= text.Length;

        public bool Take(char expected)
        {
            if (AtEnd || text[_at] != expected)
                return false;
            _at++;
            return true;
        }

        public bool TakeWhere(Func<char, bool> fits)
        {
            int begin = _at;
            while (!AtEnd && fits(text[_at]))
                _at++;
            return _at > begin;
        }

        public bool Parenthesis()
        {
            if (AtEnd || text[_at] != '(')
                return false;
            int close = text.IndexOf(')', _at);
            _at = close < 0 ? text.Length : close + 1;
            return true;
        }

        public string? Word()
        {
            int begin = _at;
            return TakeWhere(char.IsAsciiLetter) ? text[begin.._at] : null;
        }

        public int? Number()
        {
            int begin = _at;
            return TakeWhere(char.IsAsciiDigit) && _at - begin <= 6 ? int.Parse(text.AsSpan(begin, _at - begin), NumberStyles.None, CultureInfo.InvariantCulture) : null;
        }

        public int? Digits(int count)
        {
            if (_at + count > text.Length || !text.AsSpan(_at, count).ContainsAnyExceptInRange('0', '9') is false)
                return null;
            _at += count;
            return int.Parse(text.AsSpan(_at - count, count), NumberStyles.None, CultureInfo.InvariantCulture);
        }

        // Digits beyond the milliseconds are dropped.
        public double? Fraction()
        {
            int begin = _at;
            if (!TakeWhere(char.IsAsciiDigit))
                return null;
            string digits = text[begin.._at].PadRight(3, '0');
            return int.Parse(digits.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        }

        public double? Offset(bool needsColon)
        {
            int begin = _at;
            int sign = Take('+') ? 1 : Take('-') ? -1 : 0;
            if (sign != 0 && Digits(2) is { } hours)
            {
                bool hasColon = Take(':');
                if ((hasColon || !needsColon) && Digits(2) is { } minutes && hours < 24 && minutes < 60)
                    return sign * ((hours * DateMath.MsPerHour) + (minutes * DateMath.MsPerMinute));
            }

            _at = begin;
            return null;
        }

        public (int Hour, int Minute, int Second, double Millisecond)? Clock(int hour)
        {
            if (Number() is not { } minute)
                return null;
            if (!Take(':'))
                return (hour, minute, 0, 0);
            if (Number() is not { } second)
                return null;
            return Take('.') ? Fraction() is { } fraction ? (hour, minute, second, fraction) : null : (hour, minute, second, 0);
        }
    }
}
