namespace EngagementFlows.Engine.Scheduling;

/// <summary>Which fields a cron expression has.</summary>
public enum CronFormat
{
    /// <summary>Five: minute, hour, day of month, month, day of week. For our own schedules.</summary>
    Standard,

    /// <summary>Six: second first. For <c>Elsa.Cron</c>.</summary>
    Seconds,
}
