namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Reads dates such as <c>Jan 2, 2026 10:00 PM</c>, <c>2 January 2026</c>, <c>1/2/2026</c> or <c>Fri, 02 Jan 2026 10:00:00 GMT+0800</c>.</summary>
internal static class LegacyDateParser
{
    public static double Parse(TimeZoneInfo zone, string text)
    {
        Fields fields = new();
        int at = 0;
        while (at < text.Length)
        {
            char c = text[at];
            if (c == '(')
            {
                int close = text.IndexOf(')', at);
                at = close < 0 ? text.Length : close + 1;
            }
            else if (char.IsAsciiLetter(c))
            {
                int start = at;
                while (at < text.Length && char.IsAsciiLetter(text[at]))
                    at++;
                if (!fields.TakeWord(text[start..at]))
                    return double.NaN;
            }
            else if (char.IsAsciiDigit(c) || (c is '+' or '-' && fields.Hour is not null && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
            {
                if (!fields.TakeNumber(text, ref at))
                    return double.NaN;
            }
            else if (c is ' ' or ',' or '/' or '-' or '.')
            {
                at++;
            }
            else
            {
                return double.NaN;
            }
        }

        return fields.ToTime(zone);
    }

    private sealed class Fields
    {
        private readonly List<(int Value, int Length)> _numbers = [];
        private int? _month;
        private int _minute;
        private int _second;
        private double _millisecond;
        private double? _offset;
        private bool _isAfternoon;
        private bool _hasMeridiem;

        public int? Hour { get; private set; }

        public bool TakeWord(string word)
        {
            string lower = word.ToLowerInvariant();
            if (lower is "gmt" or "utc" or "ut" or "z")
            {
                _offset = 0;
                return true;
            }

            if (lower == "t" && _numbers.Count > 0)
                return true;
            if (lower is "am" or "pm")
            {
                _hasMeridiem = true;
                _isAfternoon = lower == "pm";
                return Hour is not null;
            }

            if (lower.Length < 3)
                return false;
            int month = Array.FindIndex(DateText.Months, name => lower.StartsWith(name, StringComparison.OrdinalIgnoreCase));
            if (month >= 0)
            {
                _month = month;
                return true;
            }

            return Array.Exists(DateText.Days, name => lower.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        }

        public bool TakeNumber(string text, ref int at)
        {
            if (text[at] is '+' or '-')
                return TakeOffset(text, ref at);
            int start = at;
            int value = Digits(text, ref at);
            if (at < text.Length && text[at] == ':' && Hour is null)
                return TakeClock(text, ref at, value);
            if (value < 0)
                return false;
            _numbers.Add((value, at - start));
            return _numbers.Count <= 3;
        }

        private bool TakeClock(string text, ref int at, int hour)
        {
            Hour = hour;
            at++;
            _minute = Digits(text, ref at);
            if (at < text.Length && text[at] == ':')
            {
                at++;
                _second = Digits(text, ref at);
                if (at < text.Length && text[at] == '.')
                {
                    int start = ++at;
                    int fraction = Digits(text, ref at);
                    _millisecond = Math.Floor(fraction * Math.Pow(10, 3 - (at - start)));
                }
            }

            return _minute >= 0 && _second >= 0;
        }

        private bool TakeOffset(string text, ref int at)
        {
            int sign = text[at] == '-' ? -1 : 1;
            int start = ++at;
            int value = Digits(text, ref at);
            int length = at - start;
            int hours = length <= 2 ? value : value / 100;
            int minutes = length <= 2 ? 0 : value % 100;
            if (at < text.Length && text[at] == ':')
            {
                at++;
                minutes = Digits(text, ref at);
            }

            _offset = sign * ((hours * 60) + minutes);
            return value >= 0;
        }

        private static int Digits(string text, ref int at)
        {
            int start = at;
            int value = 0;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                if (at - start < 8)
                    value = (value * 10) + text[at] - '0';
                at++;
            }

            return at == start || at - start > 8 ? -1 : value;
        }

        public double ToTime(TimeZoneInfo zone)
        {
            if (!TryDate(out int year, out int month, out int day) || month is < 0 or > 11 || day is < 1 or > 31)
                return double.NaN;
            int hour = Hour ?? 0;
            if (_hasMeridiem)
            {
                if (hour is < 1 or > 12)
                    return double.NaN;
                hour = (hour % 12) + (_isAfternoon ? 12 : 0);
            }

            if (hour > 24 || _minute > 59 || _second > 59 || (hour == 24 && (_minute > 0 || _second > 0)))
                return double.NaN;
            double local = DateMath.MakeDate(DateMath.MakeDay(year, month, day), DateMath.MakeTime(hour, _minute, _second, _millisecond));
            return DateMath.TimeClip(_offset is { } offset ? local - (offset * 60000) : DateMath.ToUniversal(zone, local));
        }

        private bool TryDate(out int year, out int month, out int day)
        {
            year = 2001;
            month = _month ?? 0;
            day = 1;
            if (_month is not null)
            {
                if (_numbers.Count is 0 or > 2)
                    return false;
                bool yearFirst = _numbers[0].Length > 2 || _numbers[0].Value > 31;
                if (_numbers.Count == 1 && yearFirst)
                {
                    year = _numbers[0].Value;
                    return true;
                }

                day = yearFirst ? _numbers[1].Value : _numbers[0].Value;
                if (_numbers.Count == 2)
                    year = FullYear(yearFirst ? _numbers[0] : _numbers[1]);
                return true;
            }

            if (_numbers is [{ Value: >= 1 and <= 12, Length: <= 2 }])
            {
                month = _numbers[0].Value - 1;
                return true;
            }

            if (_numbers.Count != 3)
                return false;
            bool isYearFirst = _numbers[0].Length > 2;
            year = FullYear(isYearFirst ? _numbers[0] : _numbers[2]);
            month = (isYearFirst ? _numbers[1].Value : _numbers[0].Value) - 1;
            day = isYearFirst ? _numbers[2].Value : _numbers[1].Value;
            return true;
        }

        private static int FullYear((int Value, int Length) number) => number.Length > 2 ? number.Value : number.Value < 50 ? 2000 + number.Value : 1900 + number.Value;
    }
}
