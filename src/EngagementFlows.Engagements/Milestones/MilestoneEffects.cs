using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Milestones;

/// <summary>Makes the milestones of an engagement those of a plan. Reached ones stay as they are, whatever the plan says of them; others get their new date; those that the plan does not name are withdrawn.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="DocumentVersionId">The version of the plan, or <see langword="null"/>.</param>
/// <param name="Planned">Those of the plan, in its order; the ids of those that are new.</param>
/// <param name="After">All of them as they stand afterwards, as far as the activity knows; the store decides by what it finds.</param>
public sealed record MilestonesSet(Guid EngagementId, Guid? DocumentVersionId, IReadOnlyList<(Guid NewId, PlannedMilestone Milestone)> Planned, IReadOnlyList<Milestone> After) : Effect;

/// <summary>Says that a milestone was reached. People say so; flows do not: only a rehearsal records it as an effect.</summary>
/// <param name="MilestoneId">The milestone.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="On">The date.</param>
public sealed record MilestoneReached(Guid MilestoneId, Guid EngagementId, DateOnly On) : Effect;

/// <summary>Asks for the milestones of an engagement, withdrawn ones too, by their planned dates.</summary>
/// <param name="EngagementId">The engagement.</param>
public sealed record MilestonesAsked(Guid EngagementId) : Question<MilestoneList>
{
    /// <inheritdoc/>
    public override bool TryAnswer(IReadOnlyList<Effect> effects, out object? answer)
    {
        MilestoneList? list = null;
        foreach (Effect effect in effects)
        {
            list = effect switch
            {
                MilestonesSet set when set.EngagementId == EngagementId => new(set.After),
                MilestoneReached reached => list?.With(reached),
                _ => list,
            };
        }

        answer = list;
        return list is not null;
    }
}

/// <summary>The milestones of an engagement.</summary>
/// <param name="All">All of them, by their planned dates.</param>
public sealed record MilestoneList(IReadOnlyList<Milestone> All)
{
    /// <summary>Returns the list after somebody said that one was reached; one that was reached before or is withdrawn stays as it is.</summary>
    public MilestoneList With(MilestoneReached reached) =>
        new([.. All.Select(one => one.Id == reached.MilestoneId && one is { ReachedOn: null, WithdrawnAt: null } ? one with { ReachedOn = reached.On } : one)]);
}
