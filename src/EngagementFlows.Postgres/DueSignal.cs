namespace EngagementFlows.Postgres;

/// <summary>Wakes a loop at the earliest instant that anybody hinted at. Only a hint: every loop also looks at the table at its own pace.</summary>
internal sealed class DueSignal(DatabaseClock clock)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _earliest = DateTimeOffset.MaxValue;
    private TaskCompletionSource _sooner = NewSource();

    /// <summary>Says that something falls due at that instant.</summary>
    public void Hint(DateTimeOffset dueAt)
    {
        lock (_lock)
        {
            if (dueAt >= _earliest)
                return;
            _earliest = dueAt;
            _sooner.TrySetResult();
        }
    }

    /// <summary>Says that something is due.</summary>
    public void Wake() => Hint(DateTimeOffset.MinValue);

    /// <summary>Waits until the earliest hint falls due, but no longer than <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        DateTimeOffset latest = clock.Now + atMost;
        while (true)
        {
            Task sooner;
            TimeSpan left;
            lock (_lock)
            {
                DateTimeOffset target = _earliest < latest ? _earliest : latest;
                DateTimeOffset now = clock.Now;
                if (target <= now)
                {
                    if (_earliest <= now)
                        _earliest = DateTimeOffset.MaxValue;
                    return;
                }

                if (_sooner.Task.IsCompleted)
                    _sooner = NewSource();
                sooner = _sooner.Task;
                left = target - now;
            }

            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task delay = Task.Delay(left, clock.Time, stop.Token);
            await Task.WhenAny(delay, sooner);
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
