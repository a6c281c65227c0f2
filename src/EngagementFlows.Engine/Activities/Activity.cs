using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Activities;

/// <summary>What a node of a definition does. One object serves all executions in all threads: it holds no state of its own.</summary>
/// <remarks>Activities never do I/O, read no clock and take no chance: they return effects, and the context gives instant and ids.</remarks>
public abstract class Activity
{
    /// <summary>Creates the activity for its descriptor.</summary>
    protected Activity(ActivityDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>Gets the type's name, inputs, outputs and outcomes.</summary>
    public ActivityDescriptor Descriptor { get; }

    /// <summary>Runs the activity once; inputs are evaluated and converted before.</summary>
    /// <exception cref="ActivityFaultException">The activity fails; it becomes an incident on this execution.</exception>
    public abstract ActivityResult Execute(ActivityContext context);

    /// <summary>Goes on after a wait. The bookmark is already burned; inputs are evaluated again before. By default the activity completes with Done.</summary>
    /// <exception cref="ActivityFaultException">The activity fails; it becomes an incident on this execution.</exception>
    public virtual ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) => ActivityResult.Done;

    /// <summary>Returns what must be taken back when a waiting execution is cancelled: tasks, links, reminders. Called with inputs not evaluated.</summary>
    public virtual IReadOnlyList<Effect> Withdraw(ActivityContext context) => [];

    /// <summary>Gets whether the activity declares variables and is the place where undeclared ones and outputs of children are kept.</summary>
    internal virtual bool IsContainer => false;

    /// <summary>Begins an execution. Containers schedule their children here; the rest goes through <see cref="Execute"/>.</summary>
    internal virtual void Begin(ActivityExecution execution) => execution.Run.Apply(execution, Execute(execution));

    /// <summary>Goes on after a wait; see <see cref="Resume"/>.</summary>
    internal virtual void Continue(ActivityExecution execution, Bookmark bookmark, PlainObject input) =>
        execution.Run.Apply(execution, Resume(execution, bookmark, input));

    /// <summary>Hears that a child completed. <paramref name="child"/> is the execution itself where there was nothing to schedule.</summary>
    internal virtual void ChildCompleted(ActivityExecution execution, ActivityExecution child, IReadOnlyList<string> outcomes) =>
        execution.Run.Complete(execution);

    /// <summary>Makes the empty private state into which a stored one is read; <see langword="null"/> if the activity has none.</summary>
    internal virtual Frame? CreateFrame() => null;

    /// <summary>Gets whether what the container has scheduled still runs after it completed.</summary>
    internal virtual bool LetsScheduledWorkRun => false;

    /// <summary>Gets whether a resumption leaves the bookmark standing for further ones, until the execution completes.</summary>
    internal virtual bool KeepsBookmark => false;

    /// <summary>Tells whether a resumption with that input is still awaited; what is not is ignored as a repetition.</summary>
    internal virtual bool Expects(ActivityExecution execution, PlainObject input) => true;
}
