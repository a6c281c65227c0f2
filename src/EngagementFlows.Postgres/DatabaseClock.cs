namespace EngagementFlows.Postgres;

/// <summary>The database's clock as this process knows it: its own steady time plus an offset that every claim and load measures anew.</summary>
/// <remarks>
/// An instant of the database is old by the time it is read here, by seconds on a busy machine or after a pause of the process. So each one only says
/// "at least": the largest offset of the last moments counts, and this clock is never ahead of the database's nor behind an instant that it has seen.
/// Safe for use by many threads.
/// </remarks>
public sealed class DatabaseClock
{
    // An offset is kept for one to two of these: long enough for a good measurement among bad ones, short enough to follow a clock that is set back.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly bool _isFixed;
    private readonly DateTimeOffset _anchor;
    private readonly long _began;
    private readonly Lock _measuring = new();
    private long _offsetTicks;
    private long _earlierTicks = long.MinValue;
    private long _latestTicks = long.MinValue;
    private TimeSpan _windowBegan;

    /// <summary>Creates the clock; until the first measurement the offset is zero.</summary>
    public DatabaseClock(TimeProvider time)
        : this(time, isFixed: false)
    {
    }

    private DatabaseClock(TimeProvider time, bool isFixed)
    {
        _time = time;
        _isFixed = isFixed;
        _anchor = time.GetUtcNow();
        _began = time.GetTimestamp();
    }

    /// <summary>Gets the time by which loops wait.</summary>
    public TimeProvider Time => _time;

    /// <summary>Gets the instant by the database's clock, in whole microseconds as it stores them.</summary>
    public DateTimeOffset Now
    {
        get
        {
            DateTimeOffset now = _isFixed ? _time.GetUtcNow() : Steady(_time.GetElapsedTime(_began)).AddTicks(Volatile.Read(ref _offsetTicks));
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>Gets what a statement is given for its clock: <see langword="null"/> for the database's own, an instant where time is played.</summary>
    internal DateTimeOffset? ForStatements => _isFixed ? Now : null;

    /// <summary>Creates a clock that is <paramref name="time"/> alone, for tests that play time: statements are given its instant.</summary>
    public static DatabaseClock Played(TimeProvider time) => new(time, isFixed: true);

    /// <summary>Takes notice of an instant that the database has reached: of its clock, or of a fact that was due by it.</summary>
    internal void Observe(DateTimeOffset databaseNow)
    {
        if (_isFixed)
            return;
        lock (_measuring)
        {
            TimeSpan elapsed = _time.GetElapsedTime(_began);
            if (_latestTicks == long.MinValue || elapsed - _windowBegan >= Window)
            {
                _earlierTicks = _latestTicks;
                _latestTicks = long.MinValue;
                _windowBegan = elapsed;
            }

            _latestTicks = Math.Max(_latestTicks, (databaseNow - Steady(elapsed)).Ticks);
            Volatile.Write(ref _offsetTicks, Math.Max(_earlierTicks, _latestTicks));
        }
    }

    // Not the wall clock of this machine: somebody may set it while the process runs.
    private DateTimeOffset Steady(TimeSpan elapsed) => _anchor + elapsed;
}
