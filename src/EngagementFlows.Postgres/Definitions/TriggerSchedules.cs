using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>When the triggers of published definitions fire.</summary>
public static class TriggerSchedules
{
    /// <summary>Returns the arithmetic of schedules in a zone.</summary>
    public static NextOccurrence In(TimeZoneInfo zone) => (kind, expression, after) => Trigger.NextDue(TriggerNameOf(kind), expression, after, zone);

    /// <summary>Returns the stored kind of a trigger; <see langword="null"/> if it is no schedule.</summary>
    internal static string? KindOf(string triggerName) => triggerName switch
    {
        "Elsa.Timer" => "timer",
        "Elsa.Cron" => "cron",
        "Elsa.StartAt" => "start_at",
        _ => null,
    };

    private static string TriggerNameOf(string kind) => kind switch
    {
        "timer" => "Elsa.Timer",
        "cron" => "Elsa.Cron",
        "start_at" => "Elsa.StartAt",
        _ => throw new InvalidOperationException($"EngagementFlows bug: schedules of kind '{kind}' are not known."),
    };
}
