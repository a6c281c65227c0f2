using System.Collections;
using System.Reflection;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>An effect as an object that a case can be compared with: its type and its fields.</summary>
internal static class EffectDescription
{
    public static PlainObject Of(Effect effect)
    {
        PlainObject description = new() { ["type"] = effect.GetType().Name };
        foreach (PropertyInfo property in effect.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract")
                description[char.ToLowerInvariant(property.Name[0]) + property.Name[1..]] = Plain(property.GetValue(effect));
        }

        return description;
    }

    /// <summary>Returns a clock as a case names it.</summary>
    public static PlainObject Of(Clock clock) => new()
    {
        ["name"] = clock.Name,
        ["class"] = clock.Class,
        ["limit"] = clock.Limit,
        ["calendar"] = clock.Calendar,
        ["caseId"] = clock.CaseId?.ToString("D"),
        ["startedAt"] = PlainJson.Iso(clock.StartedAt),
        ["dueAt"] = PlainJson.Iso(clock.DueAt),
        ["isProvisional"] = clock.IsProvisional,
        ["state"] = clock.State.ToString(),
        ["stoppedAt"] = clock.StoppedAt is { } stopped ? PlainJson.Iso(stopped) : null,
        ["isKept"] = clock.IsKept,
        ["elapsed"] = clock.Elapsed?.ToString("c"),
    };

    private static PlainObject Of(Milestone milestone) => new()
    {
        ["name"] = milestone.Name,
        ["plannedOn"] = MilestoneTexts.Iso(milestone.PlannedOn),
        ["firstPlannedOn"] = MilestoneTexts.Iso(milestone.FirstPlannedOn),
        ["reachedOn"] = milestone.ReachedOn is { } reached ? MilestoneTexts.Iso(reached) : null,
        ["isWithdrawn"] = milestone.WithdrawnAt is not null,
    };

    private static object? Plain(object? value) => value switch
    {
        Guid id => id.ToString("D"),
        DateTimeOffset instant => PlainJson.Iso(instant),
        TimeSpan span => span.ToString("c"),
        Enum named => named.ToString(),
        int whole => (long)whole,
        Clock clock => Of(clock),
        DateOnly date => MilestoneTexts.Iso(date),
        (Guid, PlannedMilestone planned) => new PlainObject { ["name"] = planned.Name, ["on"] = MilestoneTexts.Iso(planned.On) },
        Milestone milestone => Of(milestone),
        LocalizedText text => new PlainObject { ["en"] = text.En, ["zhCn"] = text.ZhCn },
        PlainObject or PlainList or string => value,
        IEnumerable items => new PlainList(items.Cast<object?>().Select(Plain)),
        _ => PlainValue.IsPlain(value) ? value : value?.ToString(),
    };
}
