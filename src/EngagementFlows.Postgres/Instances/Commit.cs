using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Incidents;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Bookmarks;
using EngagementFlows.Postgres.Events;
using EngagementFlows.Postgres.Idempotency;
using EngagementFlows.Postgres.Inbox;
using EngagementFlows.Postgres.Incidents;
using EngagementFlows.Postgres.Journal;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Postgres.Webhooks;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Everything that a group of works writes, gathered into the statements of one commit.</summary>
/// <remarks>
/// All statements go in one round trip and one transaction. A statement that does not hit what it must raises, and nothing of the group is committed:
/// the committer then tries each work by itself.
/// </remarks>
internal sealed class Commit(DefinitionCatalogue catalogue, LiveWebhooks webhooks, DateTimeOffset now)
{
    private readonly List<WorkflowInstance> _new = [];
    private readonly List<InstanceChange> _moved = [];
    private readonly List<InstanceChange> _all = [];
    private readonly List<Guid> _endedBadly = [];
    private readonly List<InstanceChange> _withDomainEffects = [];
    private readonly List<Bookmark> _made = [];
    private readonly List<Guid> _burnedInstances = [];
    private readonly List<Guid> _burned = [];
    private readonly List<Guid> _servedInstances = [];
    private readonly List<Guid> _served = [];
    private readonly List<InboxRow> _sent = [];
    private readonly List<Incident> _opened = [];
    private readonly List<(Guid InstanceId, IncidentResolution Resolution)> _resolved = [];
    private readonly List<OutboxEntry> _outbox = [];
    private readonly List<WebhookFact> _facts = [];
    private readonly List<(EventPublished Event, Guid[] Started, Work? Work)> _events = [];
    private readonly List<NpgsqlBatchCommand> _deliveries = [];
    private readonly RiderRows _riderRows = new();

    /// <summary>Gets the instant of the commit.</summary>
    public DateTimeOffset Now => now;

    /// <summary>Gets the waits that began.</summary>
    public IReadOnlyList<Bookmark> Made => _made;

    /// <summary>Gets the facts that were put into the inbox.</summary>
    public IReadOnlyList<InboxRow> Sent => _sent;

    /// <summary>Gets whether something is to be sent to the outside.</summary>
    public bool HasOutbox => _outbox.Count > 0 || _withDomainEffects.Count > 0 || _facts.Count > 0;

    /// <summary>Gets the events, which are offered again after the commit if they were kept.</summary>
    public IEnumerable<Guid> KeptEvents => _events.Zip(_deliveries).Where(pair => pair.Second.RecordsAffected == 0).Select(pair => pair.First.Event.EventId);

    /// <summary>Gets whether an event reached a wait or started something: rows for the inbox that were made inside the database.</summary>
    public bool HasDeliveries => _deliveries.Exists(delivery => delivery.RecordsAffected > 0);

    /// <summary>Adds what a work writes.</summary>
    public void Add(Work work)
    {
        if (work.Claimed is { } claimed)
        {
            _servedInstances.Add(claimed.InstanceId);
            _served.Add(claimed.Id);
        }

        if (work.Enqueued is { } enqueued)
            _sent.Add(enqueued);
        if (work.Event is { } published && work.Stimulus is null)
            AddEvent(published, work);
        if (work.Transition is { Kind: TransitionKind.Applied } transition)
        {
            foreach (InstanceChange change in transition.Changes)
                Add(change);
        }
    }

    /// <summary>Appends the statements; reads only where effects of the domain ask for it.</summary>
    public async Task AppendAsync(NpgsqlConnection connection, NpgsqlBatch batch, IReadOnlyList<Work> works, IDomainStore? domain, CancellationToken cancellationToken)
    {
        AppendGuards(batch, works);
        AppendInstances(batch);
        if (_events.Count > 0)
            AppendEvents(batch);
        if (_sent.Count > 0)
            batch.BatchCommands.Add(InsertInboxRows.Create(_sent, now));
        if (_opened.Count > 0)
            batch.BatchCommands.Add(InsertIncidents.Create(_opened));
        if (_resolved.Count > 0)
            batch.BatchCommands.Add(ResolveIncidents.Create(_resolved, now));
        if (_outbox.Count > 0)
            batch.BatchCommands.Add(InsertOutboxEntries.Create(_outbox, now));
        if (webhooks.IsAnyWanted)
            AppendFacts(batch, works);
        if (_withDomainEffects.Count > 0)
        {
            if (domain is null)
                throw new InvalidOperationException($"EngagementFlows bug: an effect of type '{_withDomainEffects[0].Effects.First(IsDomain).GetType()}' has nobody who writes it.");
            await domain.PrepareAsync(connection, batch, _withDomainEffects, now, cancellationToken);
        }

        // Last: from here on others who append to the same chains wait for this commit.
        if (_riderRows.Acts.Count > 0)
            batch.BatchCommands.Add(AppendAudits.Create(_riderRows.Acts, now));
    }

    /// <summary>Tells callers of events what the statements said.</summary>
    public void ReadEventResults()
    {
        for (int i = 0; i < _events.Count; i++)
        {
            if (_events[i].Work is { } work)
                work.EventResult = new(_deliveries[i].RecordsAffected, _events[i].Started, _deliveries[i].RecordsAffected == 0);
        }
    }

    private static bool IsDomain(Effect effect) =>
        effect is not (StimulusSent or EventPublished or LineWritten or TaskRequested or HttpCallRequested or HttpResponseWritten);

    private void Add(InstanceChange change)
    {
        WorkflowInstance instance = change.Instance;
        _all.Add(change);
        if (change.ExpectedRevision == 0)
            _new.Add(instance);
        else
            _moved.Add(change);
        if (instance.Status is InstanceStatus.Cancelled or InstanceStatus.Faulted)
            _endedBadly.Add(instance.Id);
        foreach (Bookmark bookmark in change.BookmarksMade)
        {
            _made.Add(bookmark);
            if (bookmark.DueAt is not null)
                _sent.Add(InboxRow.ForTimer(bookmark));
        }

        foreach (Guid burned in change.BookmarksBurned)
        {
            _burnedInstances.Add(instance.Id);
            _burned.Add(burned);
        }

        _opened.AddRange(change.IncidentsOpened);
        foreach (IncidentResolution resolution in change.IncidentsResolved)
            _resolved.Add((instance.Id, resolution));
        AddEffects(change);
    }

    private void AddEffects(InstanceChange change)
    {
        bool isDomain = false;
        for (int i = 0; i < change.Effects.Count; i++)
        {
            switch (change.Effects[i])
            {
                case StimulusSent sent:
                    Guid id = sent.Stimulus is StartRequested start ? start.InstanceId : TimeOrderedId.Derive(now, $"{change.Instance.Id}/{change.Instance.Revision}/{i}");
                    _sent.Add(InboxRow.For(sent.Stimulus, id, sent.DueAt ?? now));
                    break;
                case EventPublished published:
                    AddEvent(published, null);
                    break;
                case HttpCallRequested call:
                    _outbox.Add(new(TimeOrderedId.Derive(now, call.EffectKey), change.Instance.Id, "http", call.EffectKey, now, HttpCallJson.Write(call)));
                    break;
                case LineWritten or TaskRequested or HttpResponseWritten:
                    break;
                default:
                    isDomain = true;
                    break;
            }
        }

        if (isDomain)
            _withDomainEffects.Add(change);
    }

    private void AddEvent(EventPublished published, Work? work)
    {
        List<Guid> started = [];
        if (published.LocalInstanceId is null)
        {
            foreach (Trigger trigger in catalogue.Triggers)
            {
                if (trigger.Name != EventRouting.BookmarkName || trigger.Key != published.Name)
                    continue;
                Guid id = TimeOrderedId.Derive(published.EventId, $"{trigger.DefinitionId}/{trigger.ActivityId}");
                started.Add(id);
                StartRequested start = new(id, trigger.DefinitionId)
                {
                    CorrelationId = published.CorrelationId,
                    TriggerActivityId = trigger.ActivityId,
                    TriggerInput = EventRouting.Input(published.Payload),
                };
                _sent.Add(InboxRow.For(start, id, now));
            }
        }

        _events.Add((published, [.. started], work));
    }

    private void AppendGuards(NpgsqlBatch batch, IReadOnlyList<Work> works)
    {
        List<(RequestRider Rider, RiderContext Context)> riders = [];
        foreach (Work work in works)
        {
            if (work.IsAlone && work.Stimulus is StartRequested start)
                CheckActivation.Append(batch, start, (catalogue.Of(start)?.Options.Activation).GetValueOrDefault());
            if (work.Rider is not { } rider)
                continue;
            RiderContext context = new(work.Result(), now);
            riders.Add((rider, context));
            rider.Gather(_riderRows, context);
        }

        // First: a repeated request must hear its earlier answer, not that what it asks for is done already.
        if (_riderRows.Answers.Count > 0)
            batch.BatchCommands.Add(KeepAnswers.Create(_riderRows.Answers, now));
        // One order for everybody, as for instances and chains of the audit.
        foreach ((RequestRider rider, RiderContext context) in riders.OrderBy(static one => one.Rider.Locks))
            rider.Append(batch, context);
    }

    private void AppendInstances(NpgsqlBatch batch)
    {
        if (_new.Count > 0)
            batch.BatchCommands.Add(InsertInstances.Create(_new));
        if (_moved.Count > 0)
        {
            // One order for everybody, so that two processes never wait for each other in a circle.
            _moved.Sort(static (left, right) => left.Instance.Id.CompareTo(right.Instance.Id));
            // Before the old keys are gone.
            if (_moved.Exists(static change => change.IsKeyChanged))
                batch.BatchCommands.Add(NoteLeftKeys.Create([.. _moved.Where(static change => change.IsKeyChanged).Select(static change => change.Instance.Id)]));
            batch.BatchCommands.Add(UpdateInstances.Create(_moved));
        }

        if (_endedBadly.Count > 0)
            batch.BatchCommands.Add(InsertEndedBadly.Create(_endedBadly));
        if (_burned.Count > 0)
        {
            batch.BatchCommands.Add(DeleteBookmarks.Create(_burnedInstances, _burned));
            _servedInstances.AddRange(_burnedInstances);
            _served.AddRange(_burned);
        }

        if (_served.Count > 0)
            batch.BatchCommands.Add(DeleteInboxRows.Create(_servedInstances, _served));
        if (_made.Count > 0)
            batch.BatchCommands.Add(InsertBookmarks.Create(_made, now));
        if (_all.Count > 0)
            batch.BatchCommands.Add(InsertJournal.Create(_all, now));
    }

    /// <summary>Once per fact: of several changes of one instance in a group the last one tells how it stands.</summary>
    private void AppendFacts(NpgsqlBatch batch, IReadOnlyList<Work> works)
    {
        _facts.Clear();
        IEnumerable<WebhookFact> all = _all.SelectMany(CommitFacts.Of).Concat(works.SelectMany(work => work.Rider?.FactsOf(new RiderContext(work.Result(), now)) ?? []));
        _facts.AddRange(all.Where(fact => webhooks.Wants(fact.Kind)).DistinctBy(fact => (fact.Kind, fact.SubjectId)));
        if (_facts.Count > 0)
            batch.BatchCommands.Add(InsertWebhookDeliveries.Create(_facts, now));
    }

    /// <summary>After the bookmarks of the same commit: an event published by a burst also reaches what the burst waits for.</summary>
    private void AppendEvents(NpgsqlBatch batch)
    {
        foreach ((EventPublished published, Guid[] started, _) in _events)
        {
            NpgsqlBatchCommand delivery = DeliverEvent.Create(published, started, now);
            _deliveries.Add(delivery);
            batch.BatchCommands.Add(delivery);
        }
    }
}
