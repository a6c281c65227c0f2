using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>The activity executions of an instance with their last status, read from its journal.</summary>
internal static class ActivityList
{
    public static PlainList Of(IReadOnlyList<JournalEntry> journal)
    {
        PlainList list = [];
        Dictionary<Guid, PlainObject> byExecution = [];
        foreach (JournalEntry entry in journal)
        {
            if (entry is not { ActivityId: { } activityId, ExecutionId: { } executionId })
                continue;
            if (!byExecution.TryGetValue(executionId, out PlainObject? activity))
            {
                byExecution[executionId] = activity = new PlainObject { ["id"] = activityId, ["status"] = "Pending" };
                list.Add(activity);
            }

            if (Status(entry.Event) is not { } status)
                continue;
            activity["status"] = status;
            if (entry.Outcomes is { } outcomes)
                activity["outcomes"] = new PlainList(outcomes);
        }

        return list;
    }

    private static string? Status(string happened) => happened switch
    {
        "Started" or "Resumed" or "Retried" => "Running",
        "Completed" or "Canceled" or "Faulted" => happened,
        _ => null,
    };
}
