using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EngagementFlows.Postgres.Telemetry;

/// <summary>What the engine tells about itself: spans and measurements, for whoever listens. Without a listener nothing is made or counted.</summary>
/// <remarks>
/// Nothing here carries what clients or staff wrote: names of definitions, kinds, outcomes and ids only. docs/guides/observe.md lists all of it, and a test
/// compares that list with these instruments.
/// </remarks>
public static class FlowsTelemetry
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "EngagementFlows";

    /// <summary>Gets the source of spans.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Gets the meter of everything that is counted where it happens.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>Gets the transitions that were committed, by stimulus.</summary>
    public static Counter<long> Transitions { get; } = Meter.CreateCounter<long>("engagementflows.transitions", "{transition}", "Transitions committed, by the stimulus that caused them.");

    /// <summary>Gets the commits, by outcome.</summary>
    public static Counter<long> Commits { get; } = Meter.CreateCounter<long>("engagementflows.commits", "{commit}", "Group commits, by outcome.");

    /// <summary>Gets how long commits take.</summary>
    public static Histogram<double> CommitDuration { get; } = Meter.CreateHistogram<double>(
        "engagementflows.commit.duration", "s", "Time of a group commit, from the first statement to the answer.",
        advice: new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] });

    /// <summary>Gets how many stimuli share a commit.</summary>
    public static Histogram<long> CommitSize { get; } = Meter.CreateHistogram<long>(
        "engagementflows.commit.size", "{stimulus}", "Stimuli that share a group commit.",
        advice: new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    /// <summary>Gets the attempts to carry out effects, by kind and outcome.</summary>
    public static Counter<long> Effects { get; } = Meter.CreateCounter<long>("engagementflows.effects", "{attempt}", "Attempts to send mails and make outside calls, by kind and outcome.");

    /// <summary>Gets what clients did with their links.</summary>
    public static Counter<long> Links { get; } = Meter.CreateCounter<long>("engagementflows.links", "{link}", "Links opened, answered and declined by clients.");

    /// <summary>Gets the failed attempts to sign in.</summary>
    public static Counter<long> SignInFailures { get; } = Meter.CreateCounter<long>("engagementflows.sign_in.failures", "{attempt}", "Attempts to sign in that failed.");

    /// <summary>Begins a span in the trace of an instance: the trace's id is the instance's. <see langword="null"/> if nobody listens.</summary>
    /// <remarks>
    /// So stimulus, transition, mail and answer of one flow lie in one trace, over months, restarts and processes, and nothing has to be stored for it. A span
    /// that belongs to no instance begins a trace of its own.
    /// </remarks>
    public static Activity? StartOf(Guid? instanceId, string name, ActivityKind kind, ActivityContext cause = default)
    {
        if (!Source.HasListeners())
            return null;
        ActivityContext parent = instanceId is { } id
            ? new(TraceOf(id), default, ActivityTraceFlags.Recorded, isRemote: true)
            : default;
        return Source.StartActivity(kind, parent, links: cause == default ? null : [new ActivityLink(cause)], name: name)?
            .SetTag("engagementflows.instance.id", instanceId?.ToString("D"));
    }

    private static ActivityTraceId TraceOf(Guid instanceId)
    {
        Span<byte> bytes = stackalloc byte[16];
        instanceId.TryWriteBytes(bytes, bigEndian: true, out _);
        return ActivityTraceId.CreateFromBytes(bytes);
    }
}
