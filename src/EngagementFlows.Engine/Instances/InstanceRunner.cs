using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <summary>Runs instances. Pure: the same catalogue, instance, stimulus and instant give the same transition for ever; safe for use by many threads.</summary>
public sealed class InstanceRunner
{
    private readonly EngineSettings _settings;

    /// <summary>Creates the runner.</summary>
    public InstanceRunner(EngineSettings settings) => _settings = settings;

    /// <summary>Runs an instance from a stimulus until it waits, ends or fails.</summary>
    /// <param name="catalogue">The definitions.</param>
    /// <param name="instances">The instance of the stimulus if it exists; empty for a start.</param>
    /// <param name="stimulus">What happened.</param>
    /// <param name="now">The instant of the transition, by the database's clock.</param>
    /// <returns>Everything that must be committed together.</returns>
    /// <exception cref="InvalidOperationException">The catalogue lacks the version on which a stored instance runs; the stimulus must be kept.</exception>
    public Transition Run(DefinitionCatalogue catalogue, IReadOnlyList<WorkflowInstance> instances, Stimulus stimulus, DateTimeOffset now) =>
        Run(catalogue, instances, stimulus, now, null);

    /// <summary>Runs as before, knowing what earlier runs of the stimulus have taught.</summary>
    /// <param name="catalogue">The definitions.</param>
    /// <param name="instances">The instance of the stimulus if it exists; empty for a start.</param>
    /// <param name="stimulus">What happened.</param>
    /// <param name="now">The instant of the transition, by the database's clock.</param>
    /// <param name="hindsight">What is known from earlier runs; <see langword="null"/> = this is the first.</param>
    /// <returns>Everything that must be committed together, or a question to answer first.</returns>
    /// <exception cref="InvalidOperationException">The catalogue lacks the version on which a stored instance runs; the stimulus must be kept.</exception>
    public Transition Run(DefinitionCatalogue catalogue, IReadOnlyList<WorkflowInstance> instances, Stimulus stimulus, DateTimeOffset now, Hindsight? hindsight)
    {
        try
        {
            return RunKnowing(catalogue, instances, stimulus, now, hindsight);
        }
        catch (UnansweredException unanswered)
        {
            return new(TransitionKind.Asking, []) { Asked = unanswered.Question };
        }
    }

    private Transition RunKnowing(DefinitionCatalogue catalogue, IReadOnlyList<WorkflowInstance> instances, Stimulus stimulus, DateTimeOffset now, Hindsight? hindsight)
    {
        WorkflowInstance? instance = Find(instances, stimulus.InstanceId);
        if (stimulus is StartRequested start)
            return Start(catalogue, instance, start, now, hindsight);
        if (instance is null)
            return Refused($"The instance '{stimulus.InstanceId}' does not exist. Perhaps it was deleted.");
        if (instance.Status is InstanceStatus.Finished or InstanceStatus.Cancelled or InstanceStatus.Faulted)
            return Ignored($"The instance '{instance.Id}' is over: its status is '{instance.Status}'.");
        if (stimulus is MoveRequested move)
            return Move(new Burst(catalogue, _settings, now), instance, move);
        WorkflowDefinition definition = catalogue.Version(instance.DefinitionVersionId)
            ?? throw new InvalidOperationException($"The definition version '{instance.DefinitionVersionId}' of instance '{instance.Id}' is not in the catalogue. Load it before running the instance.");
        Burst burst = new(catalogue, _settings, now) { Hindsight = hindsight };
        InstanceRun run = InstanceRun.ForStored(burst, definition, instance);
        burst.Add(run);
        switch (stimulus)
        {
            case BookmarkResumed resumed:
                if (!run.Resume(resumed))
                    return Ignored($"The bookmark '{resumed.BookmarkId}' of instance '{instance.Id}' no longer stands.");
                break;
            case CancelRequested cancel:
                run.LogInstance("Cancelled", cancel.Reason, cancel.By is null ? null : new PlainObject { ["by"] = cancel.By });
                run.CancelAll();
                return burst.ToTransition();
            case IncidentRetried retried:
                if (run.Retry(retried, out bool isGone) is { } problem)
                    return isGone ? Ignored(problem) : Refused(problem);
                break;
            case IncidentSkipped skipped:
                if (!run.Skip(skipped))
                    return Ignored($"The incident '{skipped.IncidentId}' of instance '{instance.Id}' is resolved already.");
                break;
            default:
                throw new InvalidOperationException($"EngagementFlows bug: the stimulus type '{stimulus.GetType()}' is not known to the runner.");
        }

        run.Drain();
        return burst.ToTransition();
    }

    private static Transition Move(Burst burst, WorkflowInstance instance, MoveRequested move)
    {
        if (burst.Catalogue.Version(move.VersionId) is not { } target)
            return Refused($"The version '{move.VersionId}' does not exist.");
        if (!target.IsPublished)
            return Refused($"The version '{move.VersionId}' is not published. Only what was approved may run.");
        MoveDecision decision = MoveDecision.Of(burst, instance, target);
        if (decision.Moved is not { } run)
            return Refused(string.Join(' ', decision.Obstacles));
        burst.Add(run);
        run.LogInstance("Moved", move.Reason, new PlainObject { ["from"] = (long)instance.Version, ["to"] = (long)target.Version, ["by"] = move.By });
        return burst.ToTransition();
    }

    private static WorkflowInstance? Find(IReadOnlyList<WorkflowInstance> instances, Guid id)
    {
        for (int i = 0; i < instances.Count; i++)
        {
            if (instances[i].Id == id)
                return instances[i];
        }

        return null;
    }

    private static Transition Ignored(string message) => new(TransitionKind.Ignored, [], message);

    private static Transition Refused(string message) => new(TransitionKind.Refused, [], message);

    private Transition Start(DefinitionCatalogue catalogue, WorkflowInstance? instance, StartRequested start, DateTimeOffset now, Hindsight? hindsight)
    {
        if (instance is not null)
            return Ignored($"The instance '{instance.Id}' exists already; a start with the same id counts once.");
        WorkflowDefinition? definition = catalogue.Of(start);
        if (definition is null)
        {
            return Refused(start.DefinitionVersionId is null
                ? $"No published version of the definition '{start.DefinitionId}' exists. Publish it, or correct the id."
                : $"The version '{start.DefinitionVersionId}' of the definition '{start.DefinitionId}' does not exist.");
        }

        Burst burst = new(catalogue, _settings, now) { Hindsight = hindsight };
        burst.Start(definition, start);
        return burst.ToTransition();
    }
}
