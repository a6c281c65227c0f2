namespace EngagementFlows.Server.Samples;

/// <summary>The time of a story that is played: it stands until the player moves it.</summary>
/// <remarks>Safe for use by many threads; one of them moves it.</remarks>
internal sealed class PlayedTime(DateTimeOffset begin) : TimeProvider
{
    private long _ticks = begin.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    /// <summary>Moves on to an instant; never back.</summary>
    public void MoveTo(DateTimeOffset instant) => Volatile.Write(ref _ticks, Math.Max(instant.UtcTicks, Volatile.Read(ref _ticks)));
}
