using System.Globalization;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Calendars;

namespace EngagementFlows.Engagements.Figures;

/// <summary>The beginning of a period that ends now, as it is written in a flow.</summary>
public static partial class FiguresPeriod
{
    /// <summary>How it is written, for messages.</summary>
    public const string Rule = "Write a date like '2026-01-01', an instant like '2026-01-01T00:00:00Z', or a length like '3 months', '2 weeks', '30 days', '1 year' or '90.00:00:00'. It must lie before now.";

    /// <summary>Returns the instant at which the period begins; <see langword="null"/> if the text means none before <paramref name="now"/>.</summary>
    /// <param name="given">An instant, or a text. Dates and lengths in days and more begin with the day.</param>
    /// <param name="zone">The zone whose days are meant.</param>
    /// <param name="now">The end of the period.</param>
    public static DateTimeOffset? Read(object? given, TimeZoneInfo zone, DateTimeOffset now)
    {
        DateTimeOffset? since = given switch
        {
            DateTimeOffset instant => instant.ToUniversalTime(),
            TimeSpan span when span > TimeSpan.Zero => now - span,
            string text => Read(text.Trim(), zone, now),
            _ => null,
        };
        return since < now ? since : null;
    }

    private static DateTimeOffset? Read(string text, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            return Beginning(date, zone);
        if (Zoned().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset instant))
            return instant.ToUniversalTime();
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span))
            return span > TimeSpan.Zero && span < now - DateTimeOffset.UnixEpoch ? now - span : null;
        Match match = Length().Match(text);
        if (!match.Success)
            return null;
        int count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return Beginning(
            match.Groups["unit"].Value.ToLowerInvariant() switch
            {
                "d" or "天" => today.AddDays(-count),
                "w" or "周" => today.AddDays(-7 * count),
                "m" or "月" => today.AddMonths(-count),
                _ => today.AddYears(-count),
            },
            zone);
    }

    private static DateTimeOffset Beginning(DateOnly date, TimeZoneInfo zone) => WallClock.ToInstant(date.ToDateTime(TimeOnly.MinValue), zone).ToUniversalTime();

    [GeneratedRegex(@"(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Zoned();

    // At most three digits: a thousand years are no period.
    [GeneratedRegex(@"^(?<count>[1-9][0-9]{0,2})\s*(?:(?<unit>d)ays?|(?<unit>w)eeks?|(?<unit>m)onths?|(?<unit>y)ears?|个?(?<unit>[天周月年]))\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Length();
}
