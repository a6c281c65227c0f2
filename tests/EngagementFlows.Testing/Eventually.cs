namespace EngagementFlows.Testing;

/// <summary>Waits for what other threads or processes bring about; fails when it does not come.</summary>
public static class Eventually
{
    // Only a guard: whoever needs it has failed. A busy machine may let a process stand for many seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Returns when <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not hold within the limit (2 min).</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        long began = TimeProvider.System.GetTimestamp();
        TimeSpan most = limit ?? Patience;
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > most)
                throw new TimeoutException($"The condition did not hold within {most}.");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Asks until the answer is the expected one.</summary>
    /// <exception cref="TimeoutException">It was not within the limit (2 min).</exception>
    public static async Task BecomesAsync<T>(Func<Task<T>> ask, T expected)
    {
        T? last = default;
        try
        {
            await TrueAsync(async () => EqualityComparer<T>.Default.Equals(last = await ask(), expected));
        }
        catch (TimeoutException fault)
        {
            throw new TimeoutException($"Expected '{expected}', but it is still '{last}'.", fault);
        }
    }
}
