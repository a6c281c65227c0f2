namespace EngagementFlows.Testing;

/// <summary>Waits for what other threads or processes bring about; fails when it does not come.</summary>
public static class Eventually
{
    /// <summary>Returns when <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not hold within the limit (20 s).</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        long began = TimeProvider.System.GetTimestamp();
        TimeSpan most = limit ?? TimeSpan.FromSeconds(20);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > most)
                throw new TimeoutException($"The condition did not hold within {most}.");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Asks until the answer is the expected one.</summary>
    /// <exception cref="TimeoutException">It was not within the limit (20 s).</exception>
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
