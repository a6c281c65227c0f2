namespace EngagementFlows.Postgres;

/// <summary>The database's clock as this process knows it: its own clock plus an offset that every claim and load measures anew.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class DatabaseClock
{
    private readonly TimeProvider _time;
    private readonly bool _isFixed;
    private long _offsetTicks;

    /// <summary>Creates the clock; until the first measurement the offset is zero.</summary>
    public DatabaseClock(TimeProvider time)
        : this(time, isFixed: false)
    {
    }

    private DatabaseClock(TimeProvider time, bool isFixed)
    {
        _time = time;
        _isFixed = isFixed;
    }

    /// <summary>Gets the time by which loops wait.</summary>
    public TimeProvider Time => _time;

    /// <summary>Gets the instant by the database's clock, in whole microseconds as it stores them.</summary>
    public DateTimeOffset Now
    {
        get
        {
            DateTimeOffset now = _time.GetUtcNow().AddTicks(Volatile.Read(ref _offsetTicks));
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>Gets what a statement is given for its clock: <see langword="null"/> for the database's own, an instant where time is played.</summary>
    internal DateTimeOffset? ForStatements => _isFixed ? Now : null;

    /// <summary>Creates a clock that is <paramref name="time"/> alone, for tests that play time: statements are given its instant.</summary>
    public static DatabaseClock Played(TimeProvider time) => new(time, isFixed: true);

    /// <summary>Takes over the database's instant from a statement's result.</summary>
    internal void Observe(DateTimeOffset databaseNow)
    {
        if (!_isFixed)
            Volatile.Write(ref _offsetTicks, (databaseNow - _time.GetUtcNow()).Ticks);
    }
}
