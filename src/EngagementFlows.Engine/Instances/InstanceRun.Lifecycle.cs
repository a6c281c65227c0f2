using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Incidents;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <content>The ways in which an execution begins to wait and ends.</content>
internal sealed partial class InstanceRun
{
    private List<Effect>? _effects;
    private List<Guid>? _effectOrigins;
    private List<JournalEntry>? _journal;
    private List<Guid>? _burned;
    private HashSet<Guid>? _made;
    private List<Incident>? _opened;
    private List<IncidentResolution>? _resolved;
    private List<ActivityExecution>? _orphans;

    /// <summary>Gets the effects of this burst so far, in order.</summary>
    public IReadOnlyList<Effect> Effects => _effects is null ? [] : _effects;

    /// <summary>Completes an execution: its unfinished children are cancelled, its scheduled work and waits withdrawn, and its parent goes on.</summary>
    public void Complete(ActivityExecution execution, IReadOnlyList<string>? outcomes = null)
    {
        if (execution.Status != ExecutionStatus.Running)
            return;
        IReadOnlyList<string> names = outcomes ?? DoneOutcome;
        while (execution.Children.Count > 0)
            Cancel(execution.Children[0]);
        if (!execution.Behaviour!.LetsScheduledWorkRun && (execution.IsContainer || execution.Behaviour.Descriptor.ChildProperties.Count > 0))
            Withdraw(execution);
        execution.Status = ExecutionStatus.Completed;
        BurnAll(execution);
        Log(execution, "Completed", names);
        ActivityExecution? parent = execution.Parent;
        if (parent is null)
            return;
        parent.Children.Remove(execution);
        if (parent.Status == ExecutionStatus.Running)
            parent.Behaviour!.ChildCompleted(parent, execution, names);
    }

    /// <summary>Cancels an execution and everything below it.</summary>
    public void Cancel(ActivityExecution execution)
    {
        if (execution.IsOver)
            return;
        Withdraw(execution);
        while (execution.Children.Count > 0)
            Cancel(execution.Children[0]);
        bool waited = execution.Bookmarks is { Count: > 0 };
        BurnAll(execution);
        if (waited || execution.Status == ExecutionStatus.Faulted)
        {
            foreach (Effect effect in execution.Behaviour?.Withdraw(execution) ?? [])
                Emit(effect);
        }

        execution.Status = ExecutionStatus.Canceled;
        ResolveIncident(execution, "cancelled", null, null);
        Log(execution, "Canceled");
        execution.Parent?.Children.Remove(execution);
    }

    /// <summary>Ends the whole instance at once (Finish): what waits is cancelled, containers count as completed.</summary>
    public void FinishNow()
    {
        Clear();
        EndTree(Root, ExecutionStatus.Completed);
        Status = InstanceStatus.Finished;
        TellParent();
    }

    /// <summary>Ends the instance from outside.</summary>
    public void CancelAll()
    {
        Clear();
        EndTree(Root, ExecutionStatus.Canceled);
        Status = InstanceStatus.Cancelled;
        TellParent();
    }

    /// <summary>Turns a failure into an incident on the execution; under the strategy fault it ends the instance.</summary>
    public void Fault(ActivityExecution execution, Exception failure)
    {
        if (execution.Parent is { } parent && execution.IsOver && !parent.Children.Contains(execution))
            parent.Children.Add(execution);
        execution.Status = ExecutionStatus.Faulted;
        execution.Failures++;
        Guid id = NextId("incident");
        execution.IncidentId = id;
        EvaluationException? evaluation = EvaluationException.In(failure);
        Exception innermost = failure;
        while (innermost.InnerException is not null)
            innermost = innermost.InnerException;
        (_opened ??= []).Add(new(
            id,
            InstanceId,
            execution.Node.Id,
            execution.Node.TypeName,
            execution.ExecutionId,
            failure.Message,
            innermost.Message,
            evaluation?.Expression,
            evaluation?.Line ?? 0,
            evaluation?.FoundValue is { } found ? Shorten(PlainJson.Write(found)) : null,
            Now,
            execution.Failures));
        Log(execution, "Faulted", null, failure.Message);
        if (execution.Behaviour is { } behaviour && execution.Failures <= behaviour.Descriptor.AutomaticRetries)
        {
            Emit(new StimulusSent(new IncidentRetried(InstanceId, id, null, null), Now + RetryPolicy.Delay(execution.Failures)));
            return;
        }

        if (!(Definition.Options.FaultOnIncident ?? Settings.FaultOnIncident))
            return;
        Clear();
        CancelWaits(Root);
        Status = InstanceStatus.Faulted;
        TellParent();
    }

    /// <summary>Ends the incident of an execution, if it has one.</summary>
    public void ResolveIncident(ActivityExecution execution, string resolution, string? reason, string? by)
    {
        if (execution.IncidentId is not { } id)
            return;
        execution.IncidentId = null;
        (_resolved ??= []).Add(new(id, resolution, reason, by));
    }

    /// <summary>Begins a wait.</summary>
    public Bookmark Wait(ActivityExecution execution, WaitRequest wait)
    {
        Guid id = wait.Id == Guid.Empty ? NextId("bookmark") : wait.Id;
        Bookmark bookmark = new(id, InstanceId, execution.Node.Id, execution.ExecutionId, wait.Name, wait.Key, CorrelationId, wait.DueAt, wait.Payload, wait.CatchUp);
        (execution.Bookmarks ??= new(1)).Add(bookmark);
        (_made ??= []).Add(id);
        return bookmark;
    }

    /// <summary>Ends a wait without resuming it.</summary>
    public void Burn(ActivityExecution execution, Guid bookmarkId)
    {
        if (execution.Bookmarks is null || execution.Bookmarks.RemoveAll(bookmark => bookmark.Id == bookmarkId) == 0)
            return;
        MarkBurned(bookmarkId);
    }

    public void Log(ActivityExecution execution, string what, IReadOnlyList<string>? outcomes = null, string? text = null)
    {
        if (execution.Parent is null)
            return;
        bool isDone = outcomes is null || (outcomes.Count == 1 && outcomes[0] == "Done");
        (_journal ??= new(16)).Add(new(execution.Node.Id, execution.Node.TypeName, execution.ExecutionId, what, isDone ? null : outcomes, text));
    }

    public void LogInstance(string what, string? text = null, PlainObject? data = null) =>
        (_journal ??= new(4)).Add(new(null, null, null, what, null, text, data));

    public void LogLine(ActivityExecution execution, string text) =>
        (_journal ??= new(16)).Add(new(execution.Node.Id, execution.Node.TypeName, execution.ExecutionId, "Line", null, text));

    private void BurnAll(ActivityExecution execution)
    {
        if (execution.Bookmarks is not { Count: > 0 } bookmarks)
            return;
        foreach (Bookmark bookmark in bookmarks)
            MarkBurned(bookmark.Id);
        bookmarks.Clear();
    }

    private void MarkBurned(Guid bookmarkId)
    {
        // A wait that began in this very burst was never stored.
        if (_made is null || !_made.Remove(bookmarkId))
            (_burned ??= []).Add(bookmarkId);
    }

    private void Clear()
    {
        _queue.Clear();
        _head = 0;
    }

    private void CancelWaits(ActivityExecution execution)
    {
        for (int i = execution.Children.Count - 1; i >= 0; i--)
            CancelWaits(execution.Children[i]);
        if (execution.Bookmarks is { Count: > 0 } && execution.Status == ExecutionStatus.Running)
            Cancel(execution);
    }

    private void EndTree(ActivityExecution execution, ExecutionStatus containers)
    {
        while (execution.Children.Count > 0)
        {
            ActivityExecution child = execution.Children[^1];
            if (containers == ExecutionStatus.Completed && child.Status == ExecutionStatus.Running && child.Bookmarks is not { Count: > 0 })
                EndTree(child, containers);
            else
                Cancel(child);
        }

        if (execution.IsOver)
            return;
        execution.Status = containers;
        Log(execution, containers == ExecutionStatus.Completed ? "Completed" : "Canceled");
        execution.Parent?.Children.Remove(execution);
    }

    private void TellParent()
    {
        if (ParentBookmarkId is not { } bookmark || ParentInstanceId is not { } parent)
            return;
        Emit(new StimulusSent(new BookmarkResumed(parent, bookmark, ChildEnd.ToInput(this))));
    }

    private static string Shorten(string text) => text.Length <= 500 ? text : string.Concat(text.AsSpan(0, 500), "…");
}
