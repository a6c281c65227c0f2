using System.Globalization;
using EngagementFlows.Engine;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Milestones;

/// <summary>How people and flows read milestones.</summary>
public static class MilestoneTexts
{
    /// <summary>Returns how people call a standing.</summary>
    public static LocalizedText NameOf(MilestoneStanding standing) => standing switch
    {
        MilestoneStanding.Ahead => new("Planned", "计划中"),
        MilestoneStanding.Late => new("Late", "已逾期"),
        MilestoneStanding.InTime => new("Reached in time", "按时达成"),
        MilestoneStanding.ReachedLate => new("Reached late", "逾期达成"),
        MilestoneStanding.Withdrawn => new("Withdrawn", "已取消"),
        _ => throw new InvalidOperationException($"EngagementFlows bug: the standing '{standing}' has no name."),
    };

    /// <summary>Returns the word by which flows know a standing.</summary>
    public static string WordOf(MilestoneStanding standing) => standing switch
    {
        MilestoneStanding.Ahead => "ahead",
        MilestoneStanding.Late => "late",
        MilestoneStanding.InTime => "in-time",
        MilestoneStanding.ReachedLate => "reached-late",
        MilestoneStanding.Withdrawn => "withdrawn",
        _ => throw new InvalidOperationException($"EngagementFlows bug: the standing '{standing}' has no word."),
    };

    /// <summary>Returns a milestone as a value of a flow: <c>id, name, plannedOn, firstPlannedOn, reachedOn, standing, isMoved</c>.</summary>
    /// <param name="milestone">The milestone.</param>
    /// <param name="today">The day, in the firm's zone.</param>
    public static PlainObject Plain(Milestone milestone, DateOnly today) => new()
    {
        ["id"] = milestone.Id.ToString("D"),
        ["name"] = milestone.Name,
        ["plannedOn"] = Iso(milestone.PlannedOn),
        ["firstPlannedOn"] = Iso(milestone.FirstPlannedOn),
        ["reachedOn"] = milestone.ReachedOn is { } reached ? Iso(reached) : null,
        ["standing"] = WordOf(milestone.StandingOn(today)),
        ["isMoved"] = milestone.PlannedOn != milestone.FirstPlannedOn,
    };

    /// <summary>Returns a date as flows and forms write it.</summary>
    internal static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
