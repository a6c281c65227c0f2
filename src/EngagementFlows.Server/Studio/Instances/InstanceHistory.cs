using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Journal;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>The journal of an instance, read as executions of activities. Immutable once made.</summary>
internal sealed class InstanceHistory
{
    private readonly DrawnActivities? _drawn;
    private readonly Dictionary<Guid, ActivityRun> _byId = [];
    private readonly List<ActivityRun> _runs = [];
    private readonly List<HistoryLine> _lines = [];

    /// <param name="transitions">The whole journal, oldest first.</param>
    /// <param name="drawn">The activities of the version; <see langword="null"/> if it cannot be read any more.</param>
    public InstanceHistory(IReadOnlyList<JournalTransition> transitions, DrawnActivities? drawn)
    {
        _drawn = drawn;
        foreach (JournalTransition transition in transitions)
        {
            for (int i = 0; i < transition.Entries.Count; i++)
            {
                JournalEntry entry = transition.Entries[i];
                ActivityRun? run = entry.ExecutionId is { } id && entry.ActivityId is not null ? RunOf(id, entry, transition.At) : null;
                run?.Hear(entry, transition.At);
                _lines.Add(new(transition.Revision, i, transition.At, entry, run));
            }
        }
    }

    /// <summary>Gets the lines, oldest first.</summary>
    public IReadOnlyList<HistoryLine> Lines => _lines;

    /// <summary>Gets the executions, in the order in which they began.</summary>
    public IReadOnlyList<ActivityRun> Runs => _runs;

    /// <summary>Returns an execution, or <see langword="null"/>.</summary>
    public ActivityRun? Find(Guid id) => _byId.GetValueOrDefault(id);

    private ActivityRun RunOf(Guid id, JournalEntry entry, DateTimeOffset at)
    {
        if (_byId.TryGetValue(id, out ActivityRun? known))
            return known;
        (DrawnActivity? activity, ActivityRun? parent) = Place(entry);
        ActivityRun run = new()
        {
            Id = id,
            ActivityId = entry.ActivityId!,
            ActivityType = entry.ActivityType ?? activity?.Node.TypeName ?? "",
            NodeId = activity?.NodeId ?? $"{DrawnActivity.WorkflowNodeId}:{entry.ActivityId}",
            Activity = activity,
            Parent = parent,
            Cause = CauseOf(activity, parent) ?? parent,
            StartedAt = at,
        };
        _byId[id] = run;
        _runs.Add(run);
        return run;
    }

    // Where containers use the same id, the one is meant whose container runs; of several the one that began last.
    private (DrawnActivity? Activity, ActivityRun? Parent) Place(JournalEntry entry)
    {
        IReadOnlyList<DrawnActivity> candidates = _drawn?.Find(entry.ActivityId!, entry.ActivityType) ?? [];
        if (candidates.Count == 0)
            return (null, null);
        for (int i = _runs.Count - 1; i >= 0; i--)
        {
            ActivityRun run = _runs[i];
            if (!run.IsOver && candidates.FirstOrDefault(candidate => candidate.Below is { } below && below.NodeId == run.NodeId) is { } inside)
                return (inside, run);
        }

        DrawnActivity first = candidates[0];
        return (first, first.Below is { } around ? _runs.FindLast(run => run.NodeId == around.NodeId) : null);
    }

    private ActivityRun? CauseOf(DrawnActivity? activity, ActivityRun? parent)
    {
        if (activity is null || parent?.Activity is null)
            return null;
        for (int i = _runs.Count - 1; i >= 0 && _runs[i] != parent; i--)
        {
            ActivityRun other = _runs[i];
            if (other.Parent == parent && other.Status == "Completed" && other.Activity is { } before && LeadsTo(parent.Activity.Node, before.Node, activity.Node, other.Outcomes))
                return other;
        }

        return null;
    }

    private static bool LeadsTo(ActivityNode flowchart, ActivityNode source, ActivityNode target, IReadOnlyList<string>? outcomes)
    {
        foreach (Connection connection in flowchart.Connections)
        {
            if (connection.Source == source && connection.Target == target && (outcomes is null ? connection.Port == "Done" : outcomes.Contains(connection.Port)))
                return true;
        }

        return false;
    }
}

/// <summary>A line of the journal in its place.</summary>
/// <param name="Revision">The transition.</param>
/// <param name="Place">The place in it.</param>
/// <param name="At">When.</param>
/// <param name="Entry">What it says.</param>
/// <param name="Run">The execution of which it speaks; <see langword="null"/> for the instance as a whole.</param>
internal sealed record HistoryLine(long Revision, int Place, DateTimeOffset At, JournalEntry Entry, ActivityRun? Run);
