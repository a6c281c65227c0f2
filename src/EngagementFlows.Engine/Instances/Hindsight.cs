using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engine.Instances;

/// <summary>What earlier runs of the same stimulus have taught. The runner stays pure: whoever calls it finds out, and runs again.</summary>
public sealed record Hindsight
{
    /// <summary>Gets the executions whose effects turned out not to be writable, by <see cref="InstanceChange.EffectOrigins"/>, with the reason: each becomes an incident, as if the activity had thrown.</summary>
    /// <value><see langword="null"/> = none. They hold for the instant of the run that was refused: with another one the executions have other ids.</value>
    public IReadOnlyDictionary<Guid, string>? Refused { get; init; }

    /// <summary>Gets the answers to what activities asked; <see cref="Unanswerable"/> where there is none.</summary>
    /// <value><see langword="null"/> = nothing was asked yet.</value>
    public IReadOnlyDictionary<Question, object?>? Answers { get; init; }
}
