namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>A clock that stands still until a test moves it; timers fire inside <see cref="Advance"/>.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _guard = new();
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_guard)
            return _passed.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero).AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        ManualTimer[] due;
        lock (_guard)
        {
            _passed += by;
            due = [.. _timers.Where(timer => timer.DueAt <= _passed)];
            foreach (ManualTimer timer in due)
            {
                timer.DueAt = _passed + timer.Period;
                if (timer.Period == Timeout.InfiniteTimeSpan)
                    _timers.Remove(timer);
            }
        }

        foreach (ManualTimer timer in due)
            timer.Fire();
    }

    /// <summary>Moves on and on until <paramref name="task"/> has ended, which may be on its way from one wait to the next when the clock moves.</summary>
    public async Task AdvanceUntilAsync(Task task, TimeSpan step)
    {
        long began = System.GetTimestamp();
        while (!task.IsCompleted)
        {
            System.GetElapsedTime(began).Should().BeLessThan(SmtpSetup.Patience, "nothing waits longer than the clock has moved");
            Advance(step);
            await Task.Yield();
        }

        await task;
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._guard)
            {
                Period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
                DueAt = clock._passed + dueTime;
                clock._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                    clock._timers.Add(this);
                return true;
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._guard)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
