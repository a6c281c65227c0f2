using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
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
}
