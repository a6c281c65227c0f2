using EngagementFlows.Postgres;

namespace EngagementFlows.Server.Schedules;

/// <summary>The database's clock for Quartz: the processes of a cluster agree on the time, whatever their own clocks show, and no alarm rings before its instant has come there.</summary>
internal sealed class DatabaseTime(DatabaseClock clock) : TimeProvider
{
    public override long TimestampFrequency => clock.Time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.Now;

    public override long GetTimestamp() => clock.Time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.Time.CreateTimer(callback, state, dueTime, period);
}
