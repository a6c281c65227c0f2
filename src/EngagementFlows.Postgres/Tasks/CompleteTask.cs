using EngagementFlows.Engagements.Clients;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>Gives an open task its outcome, as a guard of the caller's commit: it holds only if this person may still do it.</summary>
internal static class CompleteTask
{
    /// <summary>What the caller is told if somebody was quicker.</summary>
    public const string TooLate = "The task is no longer open, or no longer yours: somebody completed, withdrew or reassigned it in the meantime, or its document has a newer version. Reload it.";

    // Everything that was looked at before is looked at again under the row's lock: two clicks, or a click and a time-out, cannot both win.
    private const string Sql = """
        with done as (
          update task
          set state = 'completed', outcome = $2, comment = $3, completed_by_id = $4, closed_at = $5, revision = revision + 1
          where id = $1 and state = 'open' and $2 = any (outcomes)
            and (assignee_person_id = $4 or assignee_role = any ($6) or escalated_person_id = $4 or escalated_role = any ($6))
            and (kind <> 'approval' or requested_by_id is distinct from $4)
            and (panel_id is null or not exists (select 1 from task o where o.panel_id = task.panel_id and o.completed_by_id = $4))
            and (kind <> 'approval' or document_version_id is null
                 or exists (select 1 from document_version v where v.id = document_version_id and v.state = 'proposed'))
          returning 1
        )
        select require_rows(count(*), 1, $7) from done
        """;

    public static NpgsqlBatchCommand Create(Guid task, string outcome, string? comment, Person person, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(task);
        command.Parameters.AddText(outcome);
        command.Parameters.AddText(comment);
        command.Parameters.AddUuid(person.Id);
        command.Parameters.AddInstant(now);
        command.Parameters.AddTexts([.. person.Roles]);
        command.Parameters.AddText(TooLate);
        return command;
    }
}
