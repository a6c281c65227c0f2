namespace EngagementFlows.Engagements.Milestones;

/// <summary>What a plan does to the milestones of its engagement. Pure.</summary>
/// <param name="After">All milestones afterwards, by their planned dates.</param>
/// <param name="Added">How many are new, those that come back after they were withdrawn included.</param>
/// <param name="Moved">How many have another date.</param>
/// <param name="Withdrawn">How many are dropped.</param>
public sealed record MilestonePlan(IReadOnlyList<Milestone> After, int Added, int Moved, int Withdrawn)
{
    /// <summary>Returns what becomes of the milestones.</summary>
    /// <param name="before">Those that there are.</param>
    /// <param name="planned">Those of the plan, with the ids for new ones.</param>
    /// <param name="engagement">The engagement.</param>
    /// <param name="version">The version of the plan, or <see langword="null"/>.</param>
    /// <param name="now">The instant.</param>
    public static MilestonePlan Of(
        IReadOnlyList<Milestone> before, IReadOnlyList<(Guid NewId, PlannedMilestone Milestone)> planned, Guid engagement, Guid? version, DateTimeOffset now)
    {
        Dictionary<string, Milestone> all = before.ToDictionary(one => one.Name, StringComparer.Ordinal);
        int added = 0;
        int moved = 0;
        int withdrawn = 0;
        foreach ((Guid id, PlannedMilestone one) in planned)
        {
            if (!all.TryGetValue(one.Name, out Milestone? known))
            {
                all[one.Name] = new() { Id = id, EngagementId = engagement, DocumentVersionId = version, Name = one.Name, FirstPlannedOn = one.On, PlannedOn = one.On };
                added++;
            }
            else if (known.ReachedOn is null)
            {
                added += known.WithdrawnAt is null ? 0 : 1;
                moved += known.WithdrawnAt is null && known.PlannedOn != one.On ? 1 : 0;
                all[one.Name] = known with { DocumentVersionId = version, PlannedOn = one.On, WithdrawnAt = null };
            }
        }

        HashSet<string> names = [.. planned.Select(one => one.Milestone.Name)];
        foreach (Milestone dropped in before.Where(one => one is { ReachedOn: null, WithdrawnAt: null } && !names.Contains(one.Name)))
        {
            all[dropped.Name] = dropped with { WithdrawnAt = now };
            withdrawn++;
        }

        return new([.. all.Values.OrderBy(one => one.PlannedOn).ThenBy(one => one.Name, StringComparer.Ordinal)], added, moved, withdrawn);
    }
}
