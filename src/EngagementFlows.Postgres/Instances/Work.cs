using System.Diagnostics;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Inbox;

namespace EngagementFlows.Postgres.Instances;

/// <summary>One fact on its way through a commit: from a caller in this process, or a claimed inbox row.</summary>
internal sealed class Work
{
    private Dictionary<Question, object?>? _answers;

    /// <summary>Gets or sets the stimulus; <see langword="null"/> for an event that is not (yet) one instance's.</summary>
    public Stimulus? Stimulus { get; set; }

    /// <summary>Gets the event that a caller publishes.</summary>
    public EventPublished? Event { get; init; }

    /// <summary>Gets the row that a caller wants put into the inbox, and nothing else.</summary>
    public InboxRow? Enqueued { get; init; }

    /// <summary>Gets what rides on the commit.</summary>
    public RequestRider? Rider { get; init; }

    /// <summary>Gets the waiting caller; <see langword="null"/> for an inbox row.</summary>
    public TaskCompletionSource<StimulusResult>? Caller { get; init; }

    /// <summary>Gets the claimed row that the commit removes.</summary>
    public InboxRow? Claimed { get; init; }

    /// <summary>Gets or sets the instance as it was loaded.</summary>
    public WorkflowInstance? Instance { get; set; }

    /// <summary>Gets or sets what the runner made of it.</summary>
    public Transition? Transition { get; set; }

    /// <summary>Gets or sets why it cannot be served.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Gets or sets what cannot be written of it; <see langword="null"/> = nothing is refused.</summary>
    public EffectRefusals? Refusals { get; set; }

    /// <summary>Gets the question at which the run ended; <see langword="null"/> if it did not.</summary>
    public Question? Asked => Transition?.Asked;

    /// <summary>Gets what the next run knows from those before; <see langword="null"/> = nothing.</summary>
    public Hindsight? Hindsight => Refusals is null && _answers is null ? null : new() { Refused = Refusals?.Reasons, Answers = _answers };

    /// <summary>Gets or sets what became of an event in the commit.</summary>
    public EventResult? EventResult { get; set; }

    /// <summary>Gets or sets whether another work has taken its place.</summary>
    public bool IsHandedOn { get; set; }

    /// <summary>Gets the span in which a caller of this process asked for it; default if nobody listens.</summary>
    public ActivityContext Cause { get; init; }

    /// <summary>Gets or sets the span of its transition; default if nobody listens.</summary>
    public ActivityContext Trace { get; set; }

    /// <summary>Gets the key under which the queue keeps works of one instance apart.</summary>
    public Guid Lane { get; set; }

    /// <summary>Gets whether it has to be committed by itself: its guard must see the commits before it, also those of its own batch.</summary>
    public bool IsAlone { get; set; }

    /// <summary>Gets whether there is something to commit.</summary>
    public bool HasCommit => Fault is null && (Transition is { Kind: TransitionKind.Applied } || Event is not null && Stimulus is null || Enqueued is not null || Claimed is not null);

    /// <summary>Returns the same work, not yet loaded or run.</summary>
    public Work Copy() => new() { Stimulus = Stimulus, Event = Event, Enqueued = Enqueued, Rider = Rider, Caller = Caller, Claimed = Claimed, Lane = Lane, Cause = Cause };

    /// <summary>Keeps an answer for the next run.</summary>
    public void Learn(Question question, object? answer) => (_answers ??= [])[question] = answer;

    /// <summary>Forgets the instance and the answers: what is run next is run from what is stored then.</summary>
    public void Forget() => (Instance, _answers) = (null, null);

    /// <summary>Notes that it cannot be served.</summary>
    public void Fail(Exception fault) => (Transition, Fault) = (null, fault);

    /// <summary>Tells the caller what it came to.</summary>
    public void Answer()
    {
        if (Fault is not null)
            Caller?.TrySetException(Fault);
        else
            Caller?.TrySetResult(Event is null ? Result() : Result() with { Event = EventResult ?? new(1, [], false) });
    }

    /// <summary>Tells the caller that a guard refused; nothing is committed.</summary>
    public void Refuse(string reason) => Caller?.TrySetResult(new(TransitionKind.Refused, null, null, [])
    {
        RefusedBy = reason,
        Event = new(0, [], false) { RefusedBy = reason },
    });

    public StimulusResult Result() => Transition is null
        ? new(TransitionKind.Applied, null, null, [])
        : new(
            Transition.Kind,
            Transition.Message,
            Transition.Changes.Count > 0 ? Transition.Changes[0].Instance : Instance,
            Transition.Changes.Count > 0 ? Transition.Changes[0].Effects : []);
}
