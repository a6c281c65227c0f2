using EngagementFlows.Engagements.Tasks;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>Gives an open task to somebody else; an escalation made before ends with it.</summary>
public sealed class ReassignTask(NpgsqlDataSource dataSource)
{
    // A role is nobody's name: what is closed goes to one of its readers only.
    // The audit entry is written by the statement that acts: there is none without the other.
    private const string Sql = """
        with moved as (
          update task
          set assignee_person_id = $2, assignee_role = $3, escalated_person_id = null, escalated_role = null, escalated_at = null, revision = revision + 1
          where id = $1 and state = 'open' and engagement_is_open_to(engagement_id, $2) and ($7::bigint is null or revision = $7)
          returning engagement_id
        )
        select append_audit('engagement/' || engagement_id, coalesce($6, now()), $4, 'TaskReassigned', 'task/' || $1, $5::json) from moved
        """;

    /// <summary>Reassigns; returns whether the task was still open and as it was seen. Whether the person may is decided before by <see cref="TaskDecision.MayReassign"/>.</summary>
    /// <param name="task">The task.</param>
    /// <param name="to">The new holder.</param>
    /// <param name="by">Who reassigns, for the audit.</param>
    /// <param name="now">The instant, or <see langword="null"/> for the database's clock.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    /// <param name="revision">The revision that the person saw; <see langword="null"/> = any.</param>
    public async Task<bool> ExecuteAsync(Guid task, TaskHolder to, string by, DateTimeOffset? now, CancellationToken cancellationToken, long? revision = null)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(task);
        command.Parameters.AddUuid(to.PersonId);
        command.Parameters.AddText(to.Role);
        command.Parameters.AddText(by);
        command.Parameters.AddText(System.Text.Json.JsonSerializer.Serialize(new { person = to.PersonId, role = to.Role }));
        command.Parameters.AddInstant(now);
        command.Parameters.AddBigint(revision);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
