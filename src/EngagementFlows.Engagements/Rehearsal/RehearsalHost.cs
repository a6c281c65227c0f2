using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>A store and a dispatcher in memory, with a clock that moves only when it is told to: flows can be played in milliseconds.</summary>
/// <remarks>Not safe for use by several threads at once. Follows the same rules of routing as the real store.</remarks>
public sealed class RehearsalHost
{
    private const int MaxDeliveries = 100_000;

    private readonly EngineSettings _settings;
    private readonly InstanceRunner _runner;
    private readonly Dictionary<Guid, RehearsedInstance> _byId = [];
    private readonly List<RehearsedInstance> _instances = [];
    private readonly List<EarlyEvent> _early = [];
    private readonly PriorityQueue<Action, (DateTimeOffset DueAt, long Order)> _due = new();
    private readonly Queue<Action> _ready = new();
    private DefinitionCatalogue _catalogue;
    private long _order;
    private ulong _ids;

    /// <summary>Creates a host without definitions.</summary>
    /// <param name="activities">The activity types.</param>
    /// <param name="settings">The settings of the engine.</param>
    /// <param name="now">Where the clock begins.</param>
    public RehearsalHost(ActivityCatalog activities, EngineSettings settings, DateTimeOffset now)
    {
        _settings = settings;
        _runner = new InstanceRunner(settings);
        _catalogue = DefinitionCatalogue.Create(activities, [], settings);
        Now = now;
    }

    /// <summary>Gets the house that answers the questions of activities.</summary>
    public RehearsedHouse House { get; init; } = new();

    /// <summary>Gets the instant of the clock.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Gets the definitions.</summary>
    public DefinitionCatalogue Catalogue => _catalogue;

    /// <summary>Gets all instances in the order in which they came into being.</summary>
    public IReadOnlyList<RehearsedInstance> Instances => _instances;

    /// <summary>Gets all effects that the engine does not carry out itself (mails, tasks, calls), in order, with their instance.</summary>
    public List<RecordedEffect> Recorded { get; } = [];

    /// <summary>Gets the clocks of promises.</summary>
    public RehearsedClocks Clocks { get; } = new();

    /// <summary>Gets the lines that were written, of all instances, in order.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Adds a definition; it replaces the version with the same id. Its scheduled triggers begin to count.</summary>
    public void Publish(WorkflowDefinition definition)
    {
        _catalogue = _catalogue.With(definition);
        foreach (Trigger trigger in _catalogue.Triggers)
        {
            if (trigger.DefinitionVersionId == definition.Id && trigger.NextDue(Now, _settings.Zone) is { } due)
                Plan(due, () => Fire(trigger));
        }
    }

    /// <summary>Starts an instance and lets the work come to rest.</summary>
    /// <returns>The transition of the start.</returns>
    public Transition Start(StartRequested request)
    {
        Transition transition = Run(request);
        Settle();
        return transition;
    }

    /// <summary>Publishes an event and lets the work come to rest.</summary>
    public void PublishEvent(string name, string? correlationId, object? payload)
    {
        Deliver(new EventPublished(NewId(), name, correlationId, null, payload));
        Settle();
    }

    /// <summary>Delivers a stimulus and lets the work come to rest.</summary>
    public Transition Submit(Stimulus stimulus)
    {
        Transition transition = Run(stimulus);
        Settle();
        return transition;
    }

    /// <summary>Says that a milestone was reached, as staff do in the console.</summary>
    public void Reach(MilestoneReached reached)
    {
        House.Note(Guid.Empty, reached, Now);
        Recorded.Add(new(Guid.Empty, Now, reached));
    }

    /// <summary>Makes a wait due now, whatever else is due before; the clock moves to its instant.</summary>
    public void FireTimer(Bookmark bookmark)
    {
        if (bookmark.DueAt is { } due && due > Now)
            Now = due;
        Submit(new BookmarkResumed(bookmark.InstanceId, bookmark.Id, new PlainObject()));
    }

    /// <summary>Moves the clock and serves everything that becomes due on the way, in order.</summary>
    public void Advance(TimeSpan span)
    {
        DateTimeOffset until = Now + span;
        int deliveries = 0;
        while (_due.TryPeek(out _, out (DateTimeOffset DueAt, long Order) key) && key.DueAt <= until)
        {
            if (++deliveries > MaxDeliveries)
                throw new InvalidOperationException($"More than {MaxDeliveries} timers became due within '{span}'. Advance in smaller steps, or look for a timer that fires too often.");
            Action action = _due.Dequeue();
            Now = key.DueAt > Now ? key.DueAt : Now;
            action();
            Settle();
        }

        Now = until;
    }

    /// <summary>Returns an id that no other thing in this rehearsal has.</summary>
    public Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], ++_ids);
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        return new Guid(bytes, bigEndian: true);
    }

    private void Settle()
    {
        int deliveries = 0;
        while (_ready.TryDequeue(out Action? action))
        {
            if (++deliveries > MaxDeliveries)
                throw new InvalidOperationException($"The work did not come to rest after {MaxDeliveries} deliveries. Probably workflows start one another without end.");
            action();
        }
    }

    private void Plan(DateTimeOffset due, Action action) => _due.Enqueue(action, (due, ++_order));

    private void Fire(Trigger trigger)
    {
        if (_catalogue.Published(trigger.DefinitionId)?.Id != trigger.DefinitionVersionId)
            return;
        TryTrigger(trigger, null, new PlainObject(), out _);
        if (trigger.Name != "Elsa.StartAt" && trigger.NextDue(Now, _settings.Zone) is { } next)
            Plan(next, () => Fire(trigger));
    }

    private bool TryTrigger(Trigger trigger, string? correlationId, PlainObject input, out Guid instanceId)
    {
        instanceId = NewId();
        if (!TriggerDecision.MayStart(trigger, correlationId, _instances.Select(instance => instance.Current)))
            return false;
        Run(new StartRequested(instanceId, trigger.DefinitionId)
        {
            DefinitionVersionId = trigger.DefinitionVersionId,
            CorrelationId = correlationId,
            TriggerActivityId = trigger.ActivityId,
            TriggerInput = input,
        });
        return true;
    }

    private void Deliver(EventPublished published)
    {
        HashSet<Guid> used = [];
        if (published.LocalInstanceId is null)
        {
            foreach (Trigger trigger in _catalogue.Triggers)
            {
                if (trigger.Name == EventRouting.BookmarkName && trigger.Key == published.Name
                    && TryTrigger(trigger, published.CorrelationId, EventRouting.Input(published.Payload), out Guid started))
                {
                    used.Add(started);
                }
            }
        }

        List<Bookmark> matching = [];
        foreach (RehearsedInstance instance in _instances)
        {
            if (!used.Contains(instance.Current.Id))
                matching.AddRange(instance.Bookmarks.Where(bookmark => EventRouting.Matches(bookmark, published.Name, published.CorrelationId, published.LocalInstanceId)));
        }

        if (matching.Count == 0)
            _early.Add(new(published, Now + EventRouting.EarlyEventLifetime, used));
        foreach (Bookmark bookmark in matching)
            Run(new BookmarkResumed(bookmark.InstanceId, bookmark.Id, EventRouting.Input(published.Payload)));
    }

    private Transition Run(Stimulus stimulus)
    {
        IReadOnlyList<WorkflowInstance> stored = _byId.TryGetValue(stimulus.InstanceId, out RehearsedInstance? existing) ? [existing.Current] : [];
        Dictionary<Question, object?> answers = [];
        Transition transition = _runner.Run(_catalogue, stored, stimulus, Now);
        while (transition.Asked is { } question)
        {
            answers.Add(question, question.TryAnswer([.. Recorded.Select(one => one.Effect)], out object? known) ? known : House.Answer(question));
            transition = _runner.Run(_catalogue, stored, stimulus, Now, new Hindsight { Answers = answers });
        }

        if (stimulus is BookmarkResumed { Input: { } input } resumed && input.ContainsKey("Outcome") && transition.Kind == TransitionKind.Applied)
            House.Note(resumed, Now);
        foreach (InstanceChange change in transition.Changes)
        {
            if (!_byId.TryGetValue(change.Instance.Id, out RehearsedInstance? instance))
            {
                _byId[change.Instance.Id] = instance = new RehearsedInstance();
                _instances.Add(instance);
            }

            instance.Apply(change, Now);
        }

        // Lines of children that ran inline lie within those of their parent: the order in which they arose.
        foreach ((Guid instanceId, Effect effect) in transition.EffectsInOrder())
            Carry(instanceId, effect);
        foreach (InstanceChange change in transition.Changes)
        {
            foreach (Bookmark bookmark in change.BookmarksMade)
                Watch(bookmark);
        }

        return transition;
    }

    private void Carry(Guid instanceId, Effect effect)
    {
        switch (effect)
        {
            case ClockStarted or ClockStopped or InstanceEnded:
                Clocks.Take(instanceId, effect, Now);
                House.Note(instanceId, effect, Now);
                Recorded.Add(new(instanceId, Now, effect));
                if (effect is InstanceEnded && _byId[instanceId].Current.Status == InstanceStatus.Cancelled)
                    CancelMeetingsOf(instanceId);
                break;
            case LineWritten line:
                Lines.AddRange(line.Text.Split('\n').Select(part => part.TrimEnd('\r')));
                break;
            case StimulusSent { DueAt: { } due } sent when due > Now:
                Plan(due, () => Run(sent.Stimulus));
                break;
            case StimulusSent sent:
                _ready.Enqueue(() => Run(sent.Stimulus));
                break;
            case EventPublished published:
                _ready.Enqueue(() => Deliver(published));
                break;
            default:
                House.Note(instanceId, effect, Now);
                Recorded.Add(new(instanceId, Now, effect));
                break;
        }
    }

    // As the store does: with an instance that is cancelled go its meetings that are ahead.
    private void CancelMeetingsOf(Guid instanceId)
    {
        foreach (Meeting meeting in House.PlannedOf(instanceId, Now))
        {
            MeetingCancelled cancelled = new(meeting.Id, meeting.EngagementId) { Notice = new($"meeting/{meeting.Id:N}/flow-cancelled/", _byId[instanceId].Current.DefinitionVersionId, []) };
            House.Note(instanceId, cancelled, Now);
            Recorded.Add(new(instanceId, Now, cancelled));
        }
    }

    /// <summary>Plans the timer of a new wait, and looks for an event that came before it.</summary>
    private void Watch(Bookmark bookmark)
    {
        if (bookmark.DueAt is { } due)
            Plan(due, () => Run(new BookmarkResumed(bookmark.InstanceId, bookmark.Id, new PlainObject())));
        for (int i = 0; i < _early.Count; i++)
        {
            EarlyEvent early = _early[i];
            if (early.KeptUntil < Now || early.UsedBy.Contains(bookmark.InstanceId)
                || !EventRouting.Matches(bookmark, early.Event.Name, early.Event.CorrelationId, early.Event.LocalInstanceId))
            {
                continue;
            }

            _early.RemoveAt(i);
            _ready.Enqueue(() => Run(new BookmarkResumed(bookmark.InstanceId, bookmark.Id, EventRouting.Input(early.Event.Payload))));
            return;
        }
    }

    private sealed record EarlyEvent(EventPublished Event, DateTimeOffset KeptUntil, HashSet<Guid> UsedBy);
}

/// <summary>An effect that a rehearsal carried no further.</summary>
/// <param name="InstanceId">The instance that wants it.</param>
/// <param name="At">The instant of the transition.</param>
/// <param name="Effect">The effect.</param>
public sealed record RecordedEffect(Guid InstanceId, DateTimeOffset At, Effect Effect);
