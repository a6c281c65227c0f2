using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <summary>Something that the scheduler is to do next.</summary>
internal sealed class WorkItem
{
    /// <summary>Gets the container that asked for it; <see langword="null"/> for the workflow itself.</summary>
    public ActivityExecution? Owner { get; init; }

    /// <summary>Gets the activity to begin; not set for an execution that goes on.</summary>
    public ActivityNode? Node { get; init; }

    /// <summary>Gets variables that the new execution gets.</summary>
    public VariableSlot[]? Variables { get; init; }

    /// <summary>Gets extra workflow inputs that are seen in and below the new execution.</summary>
    public PlainObject? LocalInput { get; init; }

    public int Tag { get; init; }

    /// <summary>Gets the execution that goes on (a resumption) or runs again (a retry).</summary>
    public ActivityExecution? Existing { get; init; }

    /// <summary>Gets the wait that ended; <see langword="null"/> for a start or a retry.</summary>
    public Bookmark? Resumed { get; init; }

    public PlainObject? Input { get; init; }

    /// <summary>Gets the outcomes with which the execution is completed instead of run (a skipped incident).</summary>
    public string[]? SkipWith { get; init; }
}
