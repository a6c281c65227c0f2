using System.Diagnostics;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;

namespace EngagementFlows.Postgres.Telemetry;

/// <summary>Watches one group commit: its span with links to the transitions in it, its time, size and outcome.</summary>
internal readonly struct CommitTelemetry : IDisposable
{
    private readonly long _began;
    private readonly Activity? _span;
    private readonly IReadOnlyList<Work> _works;

    private CommitTelemetry(IReadOnlyList<Work> works)
    {
        _works = works;
        _began = Stopwatch.GetTimestamp();
        if (!FlowsTelemetry.Source.HasListeners())
            return;
        IEnumerable<ActivityLink> transitions = works.Where(work => work.Trace != default).Select(work => new ActivityLink(work.Trace));
        // A root: the instances in it have nothing in common but this moment.
        Activity? outer = Activity.Current;
        Activity.Current = null;
        _span = FlowsTelemetry.Source.StartActivity(ActivityKind.Internal, name: "commit", links: transitions)?.SetTag("engagementflows.commit.size", works.Count);
        Activity.Current = outer;
    }

    public static CommitTelemetry Begin(IReadOnlyList<Work> works) => new(works);

    /// <summary>Begins the span of a transition, in the trace of its instance.</summary>
    public static Activity? BeginTransition(Work work, Stimulus stimulus)
    {
        Activity? span = FlowsTelemetry.StartOf(stimulus.InstanceId, "transition", ActivityKind.Consumer, work.Cause)?.SetTag("engagementflows.stimulus", WordOf(work));
        work.Trace = span?.Context ?? default;
        return span;
    }

    /// <summary>Tells what the runner made of the stimulus; texts of faults stay out, for they may quote what people wrote.</summary>
    public static void Describe(Activity? span, Work work)
    {
        if (span is null)
            return;
        WorkflowInstance? instance = work.Transition is { Changes: [var first, ..] } ? first.Instance : work.Instance;
        span.SetTag("engagementflows.definition.id", instance?.DefinitionId);
        span.SetTag("engagementflows.outcome", work.Transition is { } transition ? WordOf(transition.Kind) : "fault");
        if (work.Fault is { } fault)
            span.SetTag("error.type", fault.GetType().FullName).SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Counts what was committed.</summary>
    public void Succeeded()
    {
        FlowsTelemetry.Commits.Add(1, new KeyValuePair<string, object?>("engagementflows.outcome", "committed"));
        FlowsTelemetry.CommitDuration.Record(Stopwatch.GetElapsedTime(_began).TotalSeconds);
        FlowsTelemetry.CommitSize.Record(_works.Count);
        if (!FlowsTelemetry.Transitions.Enabled)
            return;
        foreach (Work work in _works)
        {
            if (work.Transition is { Kind: TransitionKind.Applied })
                FlowsTelemetry.Transitions.Add(1, new KeyValuePair<string, object?>("engagementflows.stimulus", WordOf(work)));
        }
    }

    /// <summary>Counts a commit that was undone, or of which nobody knows; its works are served again one by one.</summary>
    public void Failed(Exception fault)
    {
        FlowsTelemetry.Commits.Add(1, new KeyValuePair<string, object?>("engagementflows.outcome", "failed"));
        _span?.SetTag("error.type", fault.GetType().FullName).SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose() => _span?.Dispose();

    // The words of the enumeration, without making them anew for each span.
    private static string WordOf(TransitionKind kind) => kind == TransitionKind.Applied ? "applied" : kind.ToString().ToLowerInvariant();

    private static string WordOf(Work work) => work switch
    {
        { Claimed.Kind: "timer" } => "timer",
        { Event: not null } => "event",
        { Stimulus: StartRequested } => "start",
        { Stimulus: BookmarkResumed } => "resume",
        { Stimulus: CancelRequested } => "cancel",
        { Stimulus: IncidentRetried } => "retry",
        { Stimulus: IncidentSkipped } => "skip",
        _ => "other",
    };
}
