using System.Diagnostics;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary>Callers that ask again as soon as they are answered.</summary>
internal static class Callers
{
    /// <summary>Lets callers ask for a time after a warm-up; returns answers per second.</summary>
    public static async Task<double> PerSecondAsync(int callers, TimeSpan warmUp, TimeSpan measured, Func<int, Task> ask, CancellationToken cancellationToken)
    {
        await RunAsync(callers, warmUp, ask, cancellationToken);
        Stopwatch watch = Stopwatch.StartNew();
        long answers = await RunAsync(callers, measured, ask, cancellationToken);
        return answers / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Lets callers ask for each number once; returns answers per second.</summary>
    public static async Task<double> EachOnceAsync(int callers, int count, Func<int, Task> ask, CancellationToken cancellationToken)
    {
        int next = -1;
        Stopwatch watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(
            async () =>
            {
                for (int number = Interlocked.Increment(ref next); number < count; number = Interlocked.Increment(ref next))
                    await ask(number);
            },
            cancellationToken)));
        return count / watch.Elapsed.TotalSeconds;
    }

    private static async Task<long> RunAsync(int callers, TimeSpan time, Func<int, Task> ask, CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long[] answers = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(
            async () =>
            {
                long own = 0;
                while (watch.Elapsed < time && !cancellationToken.IsCancellationRequested)
                {
                    await ask(caller);
                    own++;
                }

                return own;
            },
            cancellationToken)));
        cancellationToken.ThrowIfCancellationRequested();
        return answers.Sum();
    }
}
