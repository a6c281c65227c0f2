namespace EngagementFlows.Benchmarks.Studio;

/// <summary><c>studio-living-*</c>: the Studio's list over a million instances that all wait.</summary>
internal sealed class StudioLivingInstances : Benchmark
{
    public override IReadOnlyList<string> Names => [.. Pages().Select(page => page.Name)];

    public override Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken) => StudioInstances.MeasureAllLivingAsync(Pages(), cancellationToken);

    private static IEnumerable<(string Name, string? Wanted, object Body)> Pages() =>
    [
        ("studio-living-first", PageTimes.Wanted, new { page = 0, pageSize = 10, statuses = new[] { "Running" } }),
        ("studio-living-500x100", PageTimes.Wanted, new { page = 499, pageSize = 100, statuses = new[] { "Running" } }),
        ("studio-living-flow", null, new { page = 0, pageSize = 10, statuses = new[] { "Running" }, definitionIds = new[] { "flow-7" } }),
    ];
}
