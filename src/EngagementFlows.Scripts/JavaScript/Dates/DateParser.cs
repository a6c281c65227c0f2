namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Date.parse (ECMA-262 §21.4.3.2): the specified format, and the ones that dates print themselves.</summary>
internal static class DateParser
{
    public static double Parse(TimeZoneInfo zone, string text)
    {
        string trimmed = text.Trim();
        double iso = new Iso(zone, trimmed).Parse();
        return double.IsNaN(iso) ? LegacyDateParser.Parse(zone, trimmed) : iso;
    }

    /// <summary>Reads <c>YYYY-MM-DDTHH:mm:ss.sssZ</c> and its shorter forms.</summary>
    private ref struct Iso(TimeZoneInfo zone, ReadOnlySpan<char> text)
    {
        private readonly TimeZoneInfo _zone = zone;
        private readonly ReadOnlySpan<char> _text = text;
        private int _at;

        public double Parse()
        {
            if (!TryYear(out double year))
                return double.NaN;
            int month = 1;
            int day = 1;
            if (TryTake('-') && (!TryDigits(2, out month) || (TryTake('-') && !TryDigits(2, out day))))
                return double.NaN;

            // A 30 February is the 2 March to the engines that people know, so it is here.
            if (month is < 1 or > 12 || day is < 1 or > 31)
                return double.NaN;
            double date = DateMath.MakeDay(year, month - 1, day);
            if (_at == _text.Length)
                return DateMath.TimeClip(DateMath.MakeDate(date, 0));
            if (!TryTake('T') && !TryTake('t') && !TryTake(' '))
                return double.NaN;
            return ParseTime(date);
        }

        private double ParseTime(double date)
        {
            if (!TryDigits(2, out int hour) || !TryTake(':') || !TryDigits(2, out int minute))
                return double.NaN;
            int second = 0;
            double millisecond = 0;
            if (TryTake(':') && (!TryDigits(2, out second) || ((TryTake('.') || TryTake(',')) && !TryFraction(out millisecond))))
                return double.NaN;
            if (hour > 24 || minute > 59 || second > 59 || (hour == 24 && (minute > 0 || second > 0 || millisecond > 0)))
                return double.NaN;
            double local = DateMath.MakeDate(date, DateMath.MakeTime(hour, minute, second, millisecond));
            if (_at == _text.Length)
                return DateMath.TimeClip(DateMath.ToUniversal(_zone, local));
            if (TryTake('Z') || TryTake('z'))
                return _at == _text.Length ? DateMath.TimeClip(local) : double.NaN;
            int sign = TryTake('+') ? 1 : TryTake('-') ? -1 : 0;
            if (sign == 0 || !TryDigits(2, out int offsetHour))
                return double.NaN;
            TryTake(':');
            if (!TryDigits(2, out int offsetMinute) || _at != _text.Length || offsetHour > 23 || offsetMinute > 59)
                return double.NaN;
            return DateMath.TimeClip(local - (sign * ((offsetHour * 60) + offsetMinute) * 60000d));
        }

        private bool TryYear(out double year)
        {
            year = 0;
            int sign = TryTake('+') ? 1 : TryTake('-') ? -1 : 0;
            if (!TryDigits(sign == 0 ? 4 : 6, out int digits) || (sign == -1 && digits == 0))
                return false;
            year = sign == -1 ? -digits : digits;
            return true;
        }

        private bool TryTake(char c)
        {
            if (_at >= _text.Length || _text[_at] != c)
                return false;
            _at++;
            return true;
        }

        private bool TryDigits(int count, out int value)
        {
            value = 0;
            if (_at + count > _text.Length)
                return false;
            for (int i = 0; i < count; i++)
            {
                char c = _text[_at + i];
                if (!char.IsAsciiDigit(c))
                    return false;
                value = (value * 10) + c - '0';
            }

            _at += count;
            return true;
        }

        private bool TryFraction(out double millisecond)
        {
            millisecond = 0;
            int start = _at;
            double unit = 100;
            while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            {
                if (_at - start < 3)
                    millisecond += (_text[_at] - '0') * unit;
                unit /= 10;
                _at++;
            }

            millisecond = Math.Round(millisecond);
            return _at > start;
        }
    }
}
