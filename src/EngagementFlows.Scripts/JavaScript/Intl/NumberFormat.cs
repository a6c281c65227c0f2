using System.Globalization;
using System.Numerics;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Numbers for people: decimal, percent and currency, grouped by thousands.</summary>
internal sealed class NumberFormat
{
    private static readonly string[] s_wholeCurrencies = ["JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF"];

    private bool _isChinese;
    private string _style = "decimal";
    private string? _currency;
    private string _currencyDisplay = "symbol";
    private int _least;
    private int _most = 3;
    private int _leastInteger = 1;
    private int? _significant;
    private bool _groups = true;

    public static NumberFormat From(Realm realm, bool isChinese, Value options)
    {
        if (options.IsNull)
            throw realm.TypeError("Cannot convert undefined or null to object.");
        NumberFormat format = new()
        {
            _isChinese = isChinese,
            _style = FormatOptions.Text(realm, options, "style", "decimal", "percent", "currency", "unit") ?? "decimal",
            _currency = FormatOptions.Text(realm, options, "currency")?.ToUpperInvariant(),
            _currencyDisplay = FormatOptions.Text(realm, options, "currencyDisplay", "symbol", "code", "name", "narrowSymbol") ?? "symbol",
            _leastInteger = FormatOptions.Number(realm, options, "minimumIntegerDigits", 1, 21) ?? 1,
            _groups = FormatOptions.Text(realm, options, "useGrouping") is not "false",
            _significant = FormatOptions.Number(realm, options, "maximumSignificantDigits", 1, 21),
        };
        if (format._style == "currency" && format._currency is null)
            throw realm.TypeError("Currency code is required with currency style.");
        int usual = format._style != "currency" ? 0 : s_wholeCurrencies.Contains(format._currency) ? 0 : 2;
        int usualMost = format._style == "currency" ? usual : format._style == "percent" ? 0 : 3;
        int? least = FormatOptions.Number(realm, options, "minimumFractionDigits", 0, 100);
        int? most = FormatOptions.Number(realm, options, "maximumFractionDigits", 0, 100);
        if (least > most)
            throw realm.RangeError("maximumFractionDigits value is out of range.");
        format._least = least ?? Math.Min(usual, most ?? usual);
        format._most = most ?? Math.Max(usualMost, format._least);
        return format;
    }

    public string Format(double number)
    {
        if (_style == "percent")
            number *= 100;
        string sign = number < 0 || (number == 0 && double.IsNegative(number)) ? "-" : string.Empty;
        string digits = double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? "∞" : Digits(Math.Abs(number));
        return _style switch
        {
            "percent" => $"{sign}{digits}%",
            "currency" => Currency(sign, digits),
            _ => sign + digits,
        };
    }

    private string Currency(string sign, string digits)
    {
        if (_currencyDisplay == "name")
            return $"{sign}{digits} {_currency}";
        string? symbol = _currencyDisplay == "code" ? null : (_currency, _isChinese, _currencyDisplay) switch
        {
            ("USD", false, _) or ("USD", _, "narrowSymbol") => "$",
            ("USD", true, _) => "US$",
            ("CNY", true, _) or ("CNY", _, "narrowSymbol") => "¥",
            ("CNY", false, _) => "CN¥",
            ("EUR", _, _) => "€",
            ("GBP", _, _) => "£",
            ("JPY", false, _) => "¥",
            ("JPY", true, _) => "JP¥",
            ("HKD", _, _) => "HK$",
            ("TWD", false, _) => "NT$",
            ("AUD", false, _) => "A$",
            ("AUD", true, _) => "AU$",
            ("CAD", _, _) => "CA$",
            ("INR", _, _) => "₹",
            ("KRW", false, _) => "₩",
            ("KRW", true, _) => "￦",
            _ => null,
        };
        return symbol is null ? $"{sign}{_currency}\u00a0{digits}" : sign + symbol + digits;
    }

    private string Digits(double value)
    {
        string text = Rounded(value, _significant);
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string integer = dot < 0 ? text : text[..dot];
        string fraction = dot < 0 ? string.Empty : text[(dot + 1)..];
        fraction = fraction.TrimEnd('0').PadRight(_significant is null ? Math.Min(_least, fraction.Length) : 0, '0');
        integer = integer.PadLeft(_leastInteger, '0');
        if (_groups)
        {
            for (int at = integer.Length - 3; at > 0; at -= 3)
                integer = integer.Insert(at, ",");
        }

        return fraction.Length == 0 ? integer : $"{integer}.{fraction}";
    }

    /// <summary>Rounds the shortest digits half up, as people would: 1.005 has two places as 1.01.</summary>
    private string Rounded(double value, int? significant)
    {
        if (value == 0)
            return "0." + new string('0', _most);
        NumberText.Digits(value, out string digits, out int point);
        int places = significant is { } count ? count - point : _most;
        int kept = point + places;
        BigInteger scaled = kept < 0 ? 0 : BigInteger.Parse(kept >= digits.Length ? digits.PadRight(kept, '0') : "0" + digits[..kept], CultureInfo.InvariantCulture);
        if (kept >= 0 && kept < digits.Length && digits[kept] >= '5')
            scaled++;
        string text = scaled.ToString(CultureInfo.InvariantCulture);
        if (places <= 0)
            return scaled.IsZero ? "0" : text + new string('0', -places);
        text = text.PadLeft(places + 1, '0');
        return $"{text.AsSpan(0, text.Length - places)}.{text.AsSpan(text.Length - places)}";
    }
}
