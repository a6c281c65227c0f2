using EngagementFlows.Engagements.Tasks;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>How kinds and states of tasks are written in the database.</summary>
internal static class TaskText
{
    public static string Of(TaskKind kind) => kind == TaskKind.Approval ? "approval" : "work";

    public static string Of(TaskState state) => state switch
    {
        TaskState.Open => "open",
        TaskState.Completed => "completed",
        TaskState.Expired => "expired",
        TaskState.Withdrawn => "withdrawn",
        _ => throw new InvalidOperationException($"EngagementFlows bug: task state '{state}' has no text."),
    };

    public static TaskKind KindOf(string text) => text == "approval" ? TaskKind.Approval : TaskKind.Work;

    public static TaskState StateOf(string text) => text switch
    {
        "open" => TaskState.Open,
        "completed" => TaskState.Completed,
        "expired" => TaskState.Expired,
        "withdrawn" => TaskState.Withdrawn,
        _ => throw new InvalidOperationException($"EngagementFlows bug: '{text}' is no task state."),
    };
}
