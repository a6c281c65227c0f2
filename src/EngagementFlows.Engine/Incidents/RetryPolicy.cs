namespace EngagementFlows.Engine.Incidents;

/// <summary>When a failed execution is tried again by itself.</summary>
public static class RetryPolicy
{
    /// <summary>Returns the wait before the next attempt: 10 s, then four times as long each time, at most an hour.</summary>
    /// <param name="failures">How often it has failed, from 1.</param>
    public static TimeSpan Delay(int failures) => TimeSpan.FromSeconds(Math.Min(3600, 10 * Math.Pow(4, Math.Max(0, failures - 1))));
}
