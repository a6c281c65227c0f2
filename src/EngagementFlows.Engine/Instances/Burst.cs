using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engine.Instances;

/// <summary>One run-until-blocked: the instance of the stimulus and the children that run inline.</summary>
internal sealed class Burst(DefinitionCatalogue catalogue, EngineSettings settings, DateTimeOffset now)
{
    private const int MaxInlineDepth = 32;

    private readonly List<InstanceRun> _runs = [];
    private readonly List<int> _effectOrder = [];
    private int _depth;

    public DefinitionCatalogue Catalogue { get; } = catalogue;

    public EngineSettings Settings { get; } = settings;

    public DateTimeOffset Now { get; } = now;

    /// <summary>Gets what earlier runs of the stimulus have taught; <see langword="null"/> = this is the first.</summary>
    public Hindsight? Hindsight { get; init; }

    /// <summary>Gets or sets how many activity executions have begun.</summary>
    public int Executions { get; set; }

    public void Add(InstanceRun run)
    {
        run.Number = _runs.Count;
        _runs.Add(run);
    }

    /// <summary>Notes that an instance emitted an effect.</summary>
    public void Emitted(InstanceRun run) => _effectOrder.Add(run.Number);

    /// <summary>Starts an instance and runs it until it waits or ends.</summary>
    public InstanceRun Start(WorkflowDefinition definition, StartRequested request)
    {
        if (_depth >= MaxInlineDepth)
            throw new ActivityFaultException($"Workflows that execute one another inline may nest {MaxInlineDepth} deep; '{definition.DefinitionId}' would go deeper. Use DispatchWorkflow, or end the recursion.");
        InstanceRun run = InstanceRun.ForStart(this, definition, request);
        Add(run);
        _depth++;
        try
        {
            run.Drain();
        }
        finally
        {
            _depth--;
        }

        return run;
    }

    /// <summary>Returns everything that must be committed together.</summary>
    public Transition ToTransition()
    {
        InstanceChange[] changes = new InstanceChange[_runs.Count];
        for (int i = 0; i < changes.Length; i++)
            changes[i] = _runs[i].ToChange();
        return new(TransitionKind.Applied, changes) { EffectOrder = changes.Length > 1 ? _effectOrder : null };
    }
}
