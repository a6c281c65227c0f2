namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Dates for people, by style or by parts.</summary>
internal sealed class DateFormat
{
    private static readonly string[] s_days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    private static readonly string[] s_months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private const string ChineseDays = "日一二三四五六";
    private static readonly string[] s_chineseMonths = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

    private bool _isChinese;
    private string? _zone;
    private string? _dateStyle;
    private string? _timeStyle;
    private string? _weekday;
    private string? _year;
    private string? _month;
    private string? _day;
    private string? _hour;
    private string? _minute;
    private string? _second;
    private string? _zoneName;
    private bool _is12;

    public static DateFormat From(Realm realm, bool isChinese, Value options, string required, string defaults)
    {
        if (options.IsNull)
            throw realm.TypeError("Cannot convert undefined or null to object.");
        DateFormat f = new()
        {
            _isChinese = isChinese,
            _zone = FormatOptions.Text(realm, options, "timeZone"),
            _dateStyle = FormatOptions.Text(realm, options, "dateStyle", "full", "long", "medium", "short"),
            _timeStyle = FormatOptions.Text(realm, options, "timeStyle", "full", "long", "medium", "short"),
            _weekday = FormatOptions.Text(realm, options, "weekday", "long", "short", "narrow"),
            _year = FormatOptions.Text(realm, options, "year", "numeric", "2-digit"),
            _month = FormatOptions.Text(realm, options, "month", "numeric", "2-digit", "long", "short", "narrow"),
            _day = FormatOptions.Text(realm, options, "day", "numeric", "2-digit"),
            _hour = FormatOptions.Text(realm, options, "hour", "numeric", "2-digit"),
            _minute = FormatOptions.Text(realm, options, "minute", "numeric", "2-digit"),
            _second = FormatOptions.Text(realm, options, "second", "numeric", "2-digit"),
            _zoneName = FormatOptions.Text(realm, options, "timeZoneName"),
        };
        string? cycle = FormatOptions.Text(realm, options, "hourCycle", "h11", "h12", "h23", "h24");
        f._is12 = FormatOptions.Flag(realm, options, "hour12") ?? (cycle is not null ? cycle is "h11" or "h12" : !isChinese);
        f.AddDefaults(required, defaults);
        return f;
    }

    private void AddDefaults(string required, string defaults)
    {
        if (_dateStyle is not null || _timeStyle is not null)
            return;
        bool hasDate = (_weekday ?? _year ?? _month ?? _day) is not null;
        bool hasTime = (_hour ?? _minute ?? _second) is not null;
        if ((required is "date" or "any" && hasDate) || (required is "time" or "any" && hasTime))
            return;
        if (defaults is "date" or "all")
            _year = _month = _day = "numeric";
        if (defaults is "time" or "all")
            _hour = _minute = _second = "numeric";
    }

    public string Format(Realm realm, double time)
    {
        TimeZoneInfo zone = ZoneOf(realm);
        DateFields f = DateMath.FieldsOf(DateMath.ToLocal(zone, time));
        string date = _dateStyle is null ? DateByParts(f) : DateByStyle(f);
        string clock = _timeStyle is null ? ClockByParts(f) : Clock(f, hasSeconds: _timeStyle != "short");
        string? zoneText = _timeStyle switch
        {
            "full" => ZoneNames.LongOf(zone, time) is var name && _isChinese && name == "Coordinated Universal Time" ? "协调世界时" : _isChinese && name == "China Standard Time" ? "中国标准时间" : name,
            "long" => ShortZone(zone, time),
            _ => _zoneName is null ? null : _zoneName == "long" ? ZoneNames.LongOf(zone, time) : ShortZone(zone, time),
        };
        if (zoneText is not null && clock.Length > 0)
            clock = _isChinese ? $"{zoneText} {clock}" : $"{clock} {zoneText}";
        if (date.Length == 0 || clock.Length == 0)
            return date + clock;
        string between = _isChinese ? " " : _dateStyle is "full" or "long" ? " at " : ", ";
        return date + between + clock;
    }

    private TimeZoneInfo ZoneOf(Realm realm)
    {
        if (_zone is null)
            return realm.Zone;
        if (_zone.Length < 64 && !_zone.Contains("..", StringComparison.Ordinal) && _zone.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '+' or '-')
            && TimeZoneInfo.TryFindSystemTimeZoneById(_zone, out TimeZoneInfo? zone))
            return zone;
        throw realm.RangeError($"Invalid time zone specified: {_zone}.");
    }

    private static string ShortZone(TimeZoneInfo zone, double time)
    {
        double minutes = DateMath.OffsetAt(zone, time) / 60000;
        if (minutes == 0)
            return zone.Id is "UTC" or "Etc/UTC" ? "UTC" : "GMT";
        int absolute = (int)Math.Abs(minutes);
        string rest = absolute % 60 == 0 ? string.Empty : $":{absolute % 60:00}";
        return $"GMT{(minutes < 0 ? '-' : '+')}{absolute / 60}{rest}";
    }

    private string DateByStyle(DateFields f)
    {
        int year = (int)f.Year;
        if (_isChinese)
        {
            return _dateStyle switch
            {
                "full" => $"{year}年{f.Month + 1}月{f.Day}日星期{ChineseDays[f.Weekday]}",
                "short" => $"{year}/{f.Month + 1}/{f.Day}",
                _ => $"{year}年{f.Month + 1}月{f.Day}日",
            };
        }

        return _dateStyle switch
        {
            "full" => $"{s_days[f.Weekday]}, {s_months[f.Month]} {f.Day}, {year}",
            "long" => $"{s_months[f.Month]} {f.Day}, {year}",
            "medium" => $"{s_months[f.Month][..3]} {f.Day}, {year}",
            _ => $"{f.Month + 1}/{f.Day}/{year % 100:00}",
        };
    }

    private string DateByParts(DateFields f)
    {
        string? year = _year is null ? null : _year == "2-digit" ? $"{(int)f.Year % 100:00}" : $"{(int)f.Year}";
        string? day = _day is null ? null : _day == "2-digit" ? $"{f.Day:00}" : $"{f.Day}";
        return _isChinese ? ChineseParts(f, year, day) : EnglishParts(f, year, day);
    }

    private string EnglishParts(DateFields f, string? year, string? day)
    {
        string? weekday = _weekday switch
        {
            null => null,
            "long" => s_days[f.Weekday],
            "short" => s_days[f.Weekday][..3],
            _ => s_days[f.Weekday][..1],
        };
        string rest;
        if (_month is "long" or "short" or "narrow")
        {
            string month = _month == "long" ? s_months[f.Month] : _month == "short" ? s_months[f.Month][..3] : s_months[f.Month][..1];
            string monthDay = day is null ? month : $"{month} {day}";
            rest = year is null ? monthDay : day is null ? $"{monthDay} {year}" : $"{monthDay}, {year}";
        }
        else
        {
            string? month = _month is null ? null : _month == "2-digit" ? $"{f.Month + 1:00}" : $"{f.Month + 1}";
            rest = string.Join('/', ((string?[])[month, day, year]).Where(part => part is not null));
        }

        if (weekday is null)
            return rest;
        return rest.Length == 0 ? weekday : _month is null && day is not null && year is null ? $"{day} {weekday}" : $"{weekday}, {rest}";
    }

    private string ChineseParts(DateFields f, string? year, string? day)
    {
        string weekday = _weekday switch
        {
            null => string.Empty,
            "long" => "星期" + ChineseDays[f.Weekday],
            "short" => "周" + ChineseDays[f.Weekday],
            _ => ChineseDays[f.Weekday].ToString(),
        };
        string month = _month switch
        {
            null => string.Empty,
            "2-digit" => $"{f.Month + 1:00}",
            _ => $"{f.Month + 1}",
        };
        bool isNumeric = _month is "numeric" or "2-digit";
        if (isNumeric && (day is not null))
            return string.Join('/', ((string?[])[year, month, day]).Where(part => part is not null)) + weekday;
        if (month.Length > 0 && !isNumeric && year is null && day is null)
            return s_chineseMonths[f.Month] + "月" + weekday;
        string text = (year is null ? string.Empty : year + "年") + (month.Length == 0 ? string.Empty : month + "月") + (day is null ? string.Empty : day + "日");
        return text + weekday;
    }

    private string ClockByParts(DateFields f)
    {
        if ((_hour ?? _minute ?? _second) is null)
            return string.Empty;
        if (_hour is not null && _minute is null && _second is null)
            return HourAlone(f);
        if (_hour is null)
        {
            string minute = _minute is null ? string.Empty : _second is null ? $"{f.Minute}" : $"{f.Minute:00}:";
            return minute + (_second is null ? string.Empty : _minute is null ? $"{f.Second}" : $"{f.Second:00}");
        }

        return Clock(f, hasSeconds: _second is not null);
    }

    private string HourAlone(DateFields f)
    {
        if (!_is12)
            return _isChinese ? $"{(_hour == "2-digit" ? f.Hour.ToString("00") : f.Hour)}时" : $"{f.Hour:00}";
        int hour = f.Hour % 12 == 0 ? 12 : f.Hour % 12;
        string digits = _hour == "2-digit" ? $"{hour:00}" : $"{hour}";
        return _isChinese ? $"{ChineseHalf(f)}{digits}时" : $"{digits} {(f.Hour < 12 ? "AM" : "PM")}";
    }

    private string Clock(DateFields f, bool hasSeconds)
    {
        string rest = hasSeconds ? $":{f.Minute:00}:{f.Second:00}" : $":{f.Minute:00}";
        if (!_is12)
            return $"{f.Hour:00}{rest}";
        int hour = f.Hour % 12 == 0 ? 12 : f.Hour % 12;
        string digits = _hour == "2-digit" ? $"{hour:00}" : $"{hour}";
        return _isChinese ? $"{ChineseHalf(f)}{digits}{rest}" : $"{digits}{rest} {(f.Hour < 12 ? "AM" : "PM")}";
    }

    private static string ChineseHalf(DateFields f) => f.Hour < 12 ? "上午" : "下午";
}
