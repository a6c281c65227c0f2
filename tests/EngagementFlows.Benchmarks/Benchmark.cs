namespace EngagementFlows.Benchmarks;

/// <summary>A load that yields one or more figures.</summary>
public abstract class Benchmark
{
    /// <summary>Gets the names of its figures, as <c>--only</c> takes them.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Measures. Warms up by itself; leaves nothing running.</summary>
    public abstract Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken);
}
