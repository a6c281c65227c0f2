namespace EngagementFlows.Testing;

/// <summary>A clock that stands still until a test moves it; timers that fall due on the way fire in their order.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class TestClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TestTimer> _timers = [];
    private DateTimeOffset _now;

    /// <summary>Creates the clock at an instant; by default 2026-03-02 09:00 UTC, a Monday.</summary>
    public TestClock(DateTimeOffset? now = null) => _now = now ?? new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock on.</summary>
    public void Advance(TimeSpan span) => Set(GetUtcNow() + span);

    /// <summary>Moves the clock to a later instant.</summary>
    public void Set(DateTimeOffset instant)
    {
        while (true)
        {
            TestTimer? next;
            lock (_lock)
            {
                next = _timers.Where(timer => timer.DueAt <= instant).MinBy(timer => timer.DueAt);
                if (next is null)
                {
                    _now = instant > _now ? instant : _now;
                    return;
                }

                _now = next.DueAt > _now ? next.DueAt : _now;
                next.Advance();
                if (next.DueAt == DateTimeOffset.MaxValue)
                    _timers.Remove(next);
            }

            next.Fire();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        TestTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Schedule(TestTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        bool isDue = false;
        lock (_lock)
        {
            _timers.Remove(timer);
            timer.Period = period;
            if (dueTime == Timeout.InfiniteTimeSpan)
                return;
            timer.DueAt = _now + dueTime;
            isDue = dueTime == TimeSpan.Zero;
            if (!isDue || period != Timeout.InfiniteTimeSpan)
                _timers.Add(timer);
        }

        if (isDue)
            timer.Fire();
    }

    private void Remove(TestTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    private sealed class TestTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; set; } = DateTimeOffset.MaxValue;

        public TimeSpan Period { get; set; }

        public void Advance() => DueAt = Period == Timeout.InfiniteTimeSpan || Period == TimeSpan.Zero ? DateTimeOffset.MaxValue : DueAt + Period;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Schedule(this, dueTime, period);
            return true;
        }

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
