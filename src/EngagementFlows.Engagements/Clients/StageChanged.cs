using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Clients;

/// <summary>Sets the stage of an engagement.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Stage">A stage of <see cref="EngagementStages"/>.</param>
public sealed record StageChanged(Guid EngagementId, string Stage) : Effect;
