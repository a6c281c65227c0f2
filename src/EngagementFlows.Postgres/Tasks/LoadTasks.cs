using EngagementFlows.Engagements.Tasks;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>Loads tasks by id.</summary>
internal static class LoadTasks
{
    private const string Sql = """
        select t.id, t.instance_id, t.bookmark_id, t.engagement_id, t.definition_version_id, t.kind, t.title_en, t.title_zh, t.instructions_en, t.instructions_zh,
               t.form_path, t.outcomes, t.assignee_person_id, t.assignee_role, t.escalated_person_id, t.escalated_role, t.requested_by_id,
               t.state, t.opened_at, t.due_at, t.closed_at, t.outcome, t.comment, t.completed_by_id, t.revision,
               t.panel_id, array(select o.completed_by_id from task o where o.panel_id = t.panel_id and o.completed_by_id is not null and o.id <> t.id),
               t.document_version_id, coalesce(v.state = 'proposed', true),
               exists (select 1 from provisional_date p where p.reference_id = t.id)
        from unnest($1::uuid[]) wanted (id)
        join task t on t.id = wanted.id
        left join document_version v on v.id = t.document_version_id
        """;

    public static async Task<Dictionary<Guid, HumanTask>> ExecuteAsync(NpgsqlConnection connection, Guid[] tasks, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuids(tasks);
        Dictionary<Guid, HumanTask> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            HumanTask task = TaskRow.Read(reader);
            found[task.Id] = task;
        }

        return found;
    }
}
