using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary>
/// <c>telemetry-…</c>: processor time that the telemetry of one transition takes, its share of a group commit included, while nobody listens, while measurements
/// are kept, and while spans are exported too.
/// </summary>
/// <remarks>
/// The telemetry's own calls in a loop, as the committer makes them: against a whole start, of which this is a few hundredths, the noise of a machine is larger than what is sought.
/// </remarks>
internal sealed class TelemetryCost : Benchmark
{
    // What a commit holds with 16 callers.
    private const int GroupSize = 8;
    private const int Groups = 10_000;
    private const int Turns = 7;

    public override IReadOnlyList<string> Names => ["telemetry-silent", "telemetry-measured", "telemetry-traced"];

    public override Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        using TraceCollector collector = new();
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new("telemetry-silent", Measure(static () => [], cancellationToken), "µs", null, "≤ 3 % of a start"),
            new("telemetry-measured", Measure(static () => [Meter()], cancellationToken), "µs", null, "≤ 3 % of a start"),
            new("telemetry-traced", Measure(() => [Meter(), Tracer(collector)], cancellationToken), "µs", null, "told, not limited"),
        ]);
    }

    private static MeterProvider Meter() => Sdk.CreateMeterProviderBuilder().AddMeter(FlowsTelemetry.Name).AddReader(new BaseExportingMetricReader(new NoExport())).Build();

    // Nothing is dropped: what a span costs must not depend on how fast the loop is.
    private static TracerProvider Tracer(TraceCollector collector) => Sdk.CreateTracerProviderBuilder()
        .AddSource(FlowsTelemetry.Name)
        .AddOtlpExporter(otlp =>
        {
            (otlp.Protocol, otlp.Endpoint) = (OtlpExportProtocol.HttpProtobuf, collector.Address);
            otlp.BatchExportProcessorOptions.MaxQueueSize = 2 * Groups * (GroupSize + 1);
        })
        .Build();

    /// <summary>Returns microseconds per transition, the middle of the turns; the first turn warms and does not count.</summary>
    private static double Measure(Func<IDisposable[]> listen, CancellationToken cancellationToken)
    {
        IDisposable[] listeners = listen();
        Work[] works = [.. Enumerable.Range(0, GroupSize).Select(_ => NewWork())];
        List<double> turns = [];
        for (int turn = 0; turn <= Turns; turn++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            GC.Collect();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            for (int group = 0; group < Groups; group++)
                Commit(works);
            foreach (TracerProvider tracer in listeners.OfType<TracerProvider>())
                tracer.ForceFlush();
            if (turn > 0)
                turns.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / (Groups * GroupSize));
        }

        foreach (IDisposable listener in listeners)
            listener.Dispose();
        return turns.Order().ElementAt(Turns / 2);
    }

    private static void Commit(Work[] works)
    {
        foreach (Work work in works)
        {
            using System.Diagnostics.Activity? span = CommitTelemetry.BeginTransition(work, work.Stimulus!);
            CommitTelemetry.Describe(span, work);
        }

        using CommitTelemetry telemetry = CommitTelemetry.Begin(works);
        telemetry.Succeeded();
    }

    private static Work NewWork() => new()
    {
        Stimulus = new StartRequested(TimeOrderedId.Create(TimeProvider.System.GetUtcNow()), Definitions.Order),
        Transition = new(TransitionKind.Applied, []),
    };

    private sealed class NoExport : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
