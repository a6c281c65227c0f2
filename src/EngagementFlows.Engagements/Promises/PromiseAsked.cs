using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Promises;

/// <summary>Asks what is promised to the client of an engagement.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Class">The kind of case, such as <c>urgent</c>.</param>
public sealed record PromiseAsked(Guid EngagementId, string Class) : Question<PromiseTimes>;
