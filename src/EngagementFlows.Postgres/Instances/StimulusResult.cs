using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Postgres.Instances;

/// <summary>What became of a stimulus that a caller handed in; when applied it is committed.</summary>
/// <param name="Kind">Whether it changed something.</param>
/// <param name="Message">Why not, as a sentence; <see langword="null"/> when applied.</param>
/// <param name="Instance">The instance after it; <see langword="null"/> if there is none.</param>
/// <param name="Effects">The effects of the burst, for the answer to an HTTP request.</param>
public sealed record StimulusResult(TransitionKind Kind, string? Message, WorkflowInstance? Instance, IReadOnlyList<Effect> Effects)
{
    /// <summary>Gets the reason that a guard of the request's rider gave; <see langword="null"/> if none refused. Nothing is committed then.</summary>
    public string? RefusedBy { get; init; }

    /// <summary>Gets what became of an event.</summary>
    internal EventResult? Event { get; init; }
}

/// <summary>What became of an event; it is committed.</summary>
/// <param name="Resumed">The number of waits that it reached.</param>
/// <param name="Started">The instances that its triggers start.</param>
/// <param name="IsKept">Whether it reached no wait and is kept for one that may come.</param>
public sealed record EventResult(long Resumed, IReadOnlyList<Guid> Started, bool IsKept)
{
    /// <summary>Gets the reason that a guard of the request's rider gave; <see langword="null"/> if none refused. Nothing is committed then.</summary>
    public string? RefusedBy { get; init; }
}
