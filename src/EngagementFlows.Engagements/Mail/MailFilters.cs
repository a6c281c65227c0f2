using System.Globalization;
using EngagementFlows.Scripts;
using EngagementFlows.Scripts.Liquid;

namespace EngagementFlows.Engagements.Mail;

/// <summary>The filters that mails have beside Liquid's own: <c>day</c> and <c>day_time</c>, an instant as our letters write it.</summary>
internal static class MailFilters
{
    public static IReadOnlyDictionary<string, LiquidFilterBody> All { get; } = new Dictionary<string, LiquidFilterBody>(StringComparer.Ordinal)
    {
        ["day"] = (context, arguments) => Write(context, arguments[0], MailDates.Day, "day"),
        ["day_time"] = (context, arguments) => Write(context, arguments[0], MailDates.DayAndTime, "day_time"),
    };

    private static string? Write(ScriptContext context, object? value, Func<DateTimeOffset, TimeZoneInfo, string, string> write, string filter) => value switch
    {
        null => null,
        DateTimeOffset instant => write(instant, context.Zone, context.Culture),
        string text when DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"], null, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant) =>
            write(instant, context.Zone, context.Culture),
        _ => throw new ScriptException(new ScriptFault("TypeError", $"Filter '{filter}' needs an instant such as 2026-03-03T09:00:00Z, but was given '{value}'.", 1, 1)),
    };
}
