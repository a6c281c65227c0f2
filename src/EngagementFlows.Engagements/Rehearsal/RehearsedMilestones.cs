using System.Globalization;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>The milestones of a rehearsal, kept by the rules of the real store. A case may begin with some: <c>"house": {"milestones": [{"name", "plannedOn", "firstPlannedOn", "reachedOn"}]}</c>.</summary>
/// <param name="given">The case's list, or <see langword="null"/>.</param>
internal sealed class RehearsedMilestones(PlainList? given)
{
    private List<Milestone> _all = [.. (given ?? []).OfType<PlainObject>().Select(Of)];

    /// <summary>Gets all of them.</summary>
    public IReadOnlyList<Milestone> All => _all;

    /// <summary>Takes over an effect that concerns milestones.</summary>
    public void Take(Effect effect, DateTimeOffset now)
    {
        switch (effect)
        {
            case MilestonesSet set: _all = [.. MilestonePlan.Of(_all, set.Planned, set.EngagementId, set.DocumentVersionId, now).After]; break;
            case MilestoneReached reached: _all = [.. new MilestoneList(_all).With(reached).All]; break;
            default: break;
        }
    }

    private static Milestone Of(PlainObject one, int place)
    {
        string name = one["name"] as string ?? throw new RehearsalException("A milestone of the case's 'house' has no 'name'.");
        DateOnly planned = Date(one, "plannedOn") ?? throw new RehearsalException($"The milestone '{name}' of the case's 'house' has no 'plannedOn' like 2026-05-04.");
        return new()
        {
            Id = new Guid(place + 1, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0),
            EngagementId = Guid.Empty,
            Name = name,
            PlannedOn = planned,
            FirstPlannedOn = Date(one, "firstPlannedOn") ?? planned,
            ReachedOn = Date(one, "reachedOn"),
        };
    }

    private static DateOnly? Date(PlainObject one, string field) => one[field] is not string text
        ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw new RehearsalException($"A milestone of the case's 'house' has '{field}': '{text}', which is no date like 2026-05-04.");
}
