using EngagementFlows.Engine.Activities.ControlFlow;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <content>How a stimulus reaches an instance.</content>
internal sealed partial class InstanceRun
{
    /// <summary>Makes a new instance with its first work scheduled.</summary>
    public static InstanceRun ForStart(Burst burst, WorkflowDefinition definition, StartRequested request)
    {
        InstanceRun run = new()
        {
            Burst = burst,
            Definition = definition,
            InstanceId = request.InstanceId,
            CorrelationId = request.CorrelationId,
            Name = request.Name,
            ParentInstanceId = request.ParentInstanceId,
            ParentBookmarkId = request.ParentBookmarkId,
            Input = request.Input.DeepClone(),
            BurstInput = request.TriggerInput,
            TriggerActivityId = request.TriggerActivityId,
            IsTriggeredNow = request.TriggerActivityId is not null,
            FlowchartMode = request.FlowchartMode,
            Secret = InstanceSecret.Derive(burst.Settings.Key.Span, request.InstanceId),
        };
        run.Root = run.CreateRoot(run.NextId("execution"));
        run.Enqueue(new WorkItem { Existing = run.Root });
        return run;
    }

    /// <summary>Restores a stored instance.</summary>
    public static InstanceRun ForStored(Burst burst, WorkflowDefinition definition, WorkflowInstance instance)
    {
        InstanceRun run = new()
        {
            Burst = burst,
            Definition = definition,
            InstanceId = instance.Id,
            Before = instance,
            CorrelationId = instance.CorrelationId,
            Name = instance.Name,
            ParentInstanceId = instance.ParentInstanceId,
            ParentBookmarkId = instance.ParentBookmarkId,
        };
        StateReader.Read(run, instance.State.Span);
        return run;
    }

    /// <summary>Makes the execution of the workflow itself.</summary>
    public ActivityExecution CreateRoot(Guid id) => new(this, Definition.WorkflowNode, null, id)
    {
        Composite = Definition,
        Behaviour = WorkflowActivity.Instance,
        Status = ExecutionStatus.Running,
    };

    /// <summary>Resumes a wait; returns false if it no longer stands.</summary>
    public bool Resume(BookmarkResumed stimulus)
    {
        if (Find(Root, execution => execution.Bookmarks?.Exists(bookmark => bookmark.Id == stimulus.BookmarkId) == true) is not { } execution)
            return false;
        Bookmark bookmark = execution.Bookmarks!.Find(bookmark => bookmark.Id == stimulus.BookmarkId)!;
        if (execution.Behaviour is { } behaviour && !behaviour.Expects(execution, stimulus.Input))
            return false;
        if (execution.Behaviour is not { KeepsBookmark: true })
            Burn(execution, bookmark.Id);
        BurstInput = stimulus.Input;
        Log(execution, "Resumed");
        Enqueue(new WorkItem { Existing = execution, Resumed = bookmark, Input = stimulus.Input });
        return true;
    }

    /// <summary>Runs the execution of an incident again; returns why not, or <see langword="null"/>.</summary>
    public string? Retry(IncidentRetried stimulus, out bool isGone)
    {
        ActivityExecution? execution = FindIncident(stimulus.IncidentId);
        isGone = execution is null;
        if (execution is null)
            return $"The incident '{stimulus.IncidentId}' of instance '{InstanceId}' is resolved already.";
        foreach ((string name, object? value) in stimulus.Variables ?? [])
        {
            if (execution.FindVariable(name) is not { } slot)
                return $"The variable '{name}' is not in scope at the activity '{execution.Node.Id}' of instance '{InstanceId}'. Name a variable of the workflow or of an enclosing container.";
            try
            {
                Assign(slot, value);
            }
            catch (EvaluationException failure)
            {
                return failure.Message;
            }

            LogAct(execution, "VariableSet", name, stimulus.By);
        }

        ResolveIncident(execution, "retried", stimulus.Reason, stimulus.By);
        LogAct(execution, "Retried", stimulus.Reason, stimulus.By);
        Bookmark? resumption = execution.FailedResumption;
        PlainObject? input = execution.FailedInput;
        execution.FailedResumption = null;
        execution.FailedInput = null;
        BurstInput = input;
        if (resumption is null)
            execution.Reset();
        Enqueue(new WorkItem { Existing = execution, Resumed = resumption, Input = input });
        return null;
    }

    /// <summary>Completes the execution of an incident without running it; returns false if the incident is gone.</summary>
    public bool Skip(IncidentSkipped stimulus)
    {
        if (FindIncident(stimulus.IncidentId) is not { } execution)
            return false;
        ResolveIncident(execution, "skipped", stimulus.Reason, stimulus.By);
        LogAct(execution, "Skipped", stimulus.Reason, stimulus.By);
        Enqueue(new WorkItem { Existing = execution, SkipWith = [stimulus.Outcome ?? "Done"] });
        return true;
    }

    public ActivityExecution? FindExecution(Guid id) => Find(Root, execution => execution.ExecutionId == id);

    private ActivityExecution? FindIncident(Guid id) => Find(Root, execution => execution.IncidentId == id);

    private static ActivityExecution? Find(ActivityExecution execution, Func<ActivityExecution, bool> isWanted)
    {
        if (isWanted(execution))
            return execution;
        foreach (ActivityExecution child in execution.Children)
        {
            if (Find(child, isWanted) is { } found)
                return found;
        }

        return null;
    }

    private void LogAct(ActivityExecution execution, string what, string? text, string? by) => (_journal ??= []).Add(new(
        execution.Node.Id, execution.Node.TypeName, execution.ExecutionId, what, null, text, by is null ? null : new PlainObject { ["by"] = by }));
}
