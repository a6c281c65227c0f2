using System.Globalization;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary><c>date</c>: an instant in the zone of the rendering, written by the directives of strftime.</summary>
internal static class DateFilter
{
    private const string DefaultFormat = "%A, %B %-e, %Y at %-l:%M %P %z";

    // Exact forms only: the framework's free parser fills gaps from the machine's clock and zone.
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy-MM", "yyyy/M/d", "yyyy-M-d",
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy/MM/dd HH:mm", "yyyy/MM/dd HH:mm:ss",
        "MMMM d, yyyy", "MMM d, yyyy", "d MMMM yyyy", "d MMM yyyy", "ddd, d MMM yyyy", "ddd MMM d yyyy",
        "MMMM d, yyyy HH:mm", "MMM d, yyyy HH:mm", "d MMM yyyy HH:mm", "d MMM yyyy HH:mm:ss", "ddd, d MMM yyyy HH:mm:ss",
    ];

    private static readonly string[] FormsWithOffset =
    [
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd HH:mm zzz", "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz",
        "ddd, d MMM yyyy HH:mm:ss zzz", "d MMM yyyy HH:mm:ss zzz", "ddd MMM d HH:mm:ss zzz yyyy",
    ];

    public static object? Apply(object? input, FilterArguments arguments, RenderState state)
    {
        if (InstantOf(input, state) is not { } instant)
            return input;
        string format = arguments[0] is null ? DefaultFormat : arguments.Text(0, state);
        state.NewText(format.Length * 8L);
        return Strftime.Format(TimeZoneInfo.ConvertTime(instant, state.Context.Zone), format, state);
    }

    private static DateTimeOffset? InstantOf(object? input, RenderState state) => LiquidValue.Unwrap(input) switch
    {
        DateTimeOffset instant => instant,
        string text when text is "now" or "today" => state.Context.Now,
        string text => Parse(text.Trim(), state.Context.Zone),
        long or double or decimal => FromSeconds(LiquidNumber.ToDouble(input!)),
        _ => null,
    };

    private static DateTimeOffset? Parse(string text, TimeZoneInfo zone)
    {
        const DateTimeStyles Style = DateTimeStyles.AllowWhiteSpaces;
        CultureInfo culture = CultureInfo.InvariantCulture;
        // A date of this length is none; parsing by many forms costs for each.
        if (text.Length is 0 or > 64)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out long seconds))
            return FromSeconds(seconds);
        if (DateTime.TryParseExact(text, Forms, culture, Style, out DateTime local))
            return AtZone(local, zone);
        string withOffset = WithOffset(text);
        return DateTimeOffset.TryParseExact(withOffset, FormsWithOffset, culture, Style, out DateTimeOffset instant) ? instant : null;
    }

    // Z, UTC and GMT are written as an offset, so that each form need stand there once.
    private static string WithOffset(string text)
    {
        if (text.EndsWith('Z'))
            return text[..^1] + "+00:00";
        return text.EndsWith(" UTC", StringComparison.Ordinal) || text.EndsWith(" GMT", StringComparison.Ordinal) ? text[..^3] + "+00:00" : text;
    }

    // A time that the zone's clocks skip is meant by the offset before the jump.
    private static DateTimeOffset? AtZone(DateTime local, TimeZoneInfo zone)
    {
        TimeSpan offset = zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));
        long ticks = local.Ticks - offset.Ticks;
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(local, offset);
    }

    private static DateTimeOffset? FromSeconds(double seconds)
    {
        const double Earliest = -62135596800;
        const double Latest = 253402300799;
        if (!(seconds >= Earliest + 86400 && seconds <= Latest - 86400))
            return null;
        return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
    }
}
