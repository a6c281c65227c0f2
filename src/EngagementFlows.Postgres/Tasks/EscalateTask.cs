using EngagementFlows.Engagements.Tasks;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>Lets somebody else do an open task as well, in the caller's commit.</summary>
internal static class EscalateTask
{
    private const string Sql = """
        update task set escalated_person_id = $2, escalated_role = $3, escalated_at = $4, revision = revision + 1 where id = $1 and state = 'open'
        """;

    public static NpgsqlBatchCommand Create(Guid task, TaskHolder to, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(task);
        command.Parameters.AddUuid(to.PersonId);
        command.Parameters.AddText(to.Role);
        command.Parameters.AddInstant(now);
        return command;
    }
}
