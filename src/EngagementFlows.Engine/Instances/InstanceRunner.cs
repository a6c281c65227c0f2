using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;

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
    public Transition Run(DefinitionCatalogue catalogue, IReadOnlyList<WorkflowInstance> instances, Stimulus stimulus, DateTimeOffset now) =>
        new(TransitionKind.Refused, [], $"The stimulus '{stimulus.GetType().Name}' cannot be served yet by a runner with key of {_settings.Key.Length} bytes.");
}
