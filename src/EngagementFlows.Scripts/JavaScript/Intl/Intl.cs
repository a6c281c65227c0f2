namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Formatting for people in <c>en</c> and <c>zh-CN</c>, from tables of our own.</summary>
internal static class Intl
{
    public static Value FormatNumber(Realm realm, double number, Value locales, Value options)
    {
        _ = locales;
        _ = options;
        _ = realm;
        return NumberText.Of(number);
    }

    public static Value FormatDate(Realm realm, double time, Value locales, Value options, string required, string defaults)
    {
        _ = realm;
        _ = locales;
        _ = options;
        _ = required;
        _ = defaults;
        return double.IsNaN(time) ? "Invalid Date" : DateText.ToIso(time);
    }
}
