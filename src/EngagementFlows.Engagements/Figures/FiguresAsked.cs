using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Figures;

/// <summary>Asks for the figures of an engagement, or of a member of staff. What the same burst did is not in them.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Person">Whose figures: owner, architect or a person; <see langword="null"/> = those of the engagement.</param>
/// <param name="Since">The beginning of the period; <see langword="null"/> = that of the engagement, for a person 12 months before <paramref name="Until"/>.</param>
/// <param name="Until">The end of the period, and the instant at which things stand as they are counted.</param>
public sealed record FiguresAsked(Guid EngagementId, AssigneeExpression? Person, DateTimeOffset? Since, DateTimeOffset Until) : Question<EngagementFigures>;
