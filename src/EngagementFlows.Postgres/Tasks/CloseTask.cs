using EngagementFlows.Engagements.Tasks;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>Ends an open task without an outcome, in the caller's commit; a task that is no longer open stays as it is.</summary>
internal static class CloseTask
{
    private const string Sql = """
        update task set state = $2, closed_at = $3, revision = revision + 1 where id = $1 and state = 'open'
        """;

    public static NpgsqlBatchCommand Create(Guid task, TaskState state, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(task);
        command.Parameters.AddText(TaskText.Of(state));
        command.Parameters.AddInstant(now);
        return command;
    }
}
