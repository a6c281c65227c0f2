using System.Globalization;
using EngagementFlows.Engine.Scheduling;
using EngagementFlows.Postgres.Definitions;

namespace EngagementFlows.Server.Hosting;

/// <summary>When the triggers of published definitions fire.</summary>
internal static class Schedules
{
    /// <summary>Returns the arithmetic of schedules in a zone.</summary>
    public static NextOccurrence In(TimeZoneInfo zone) => (kind, expression, after) => kind switch
    {
        "timer" => after + TimeSpan.ParseExact(expression, "c", CultureInfo.InvariantCulture),
        "cron" => CronExpression.TryParse(expression, CronFormat.Seconds, out CronExpression? cron, out _) ? cron.Next(after, zone) : null,
        "start_at" => DateTimeOffset.ParseExact(expression, "O", CultureInfo.InvariantCulture) is var instant && instant > after ? instant : null,
        _ => throw new InvalidOperationException($"EngagementFlows bug: schedules of kind '{kind}' are not known."),
    };
}
