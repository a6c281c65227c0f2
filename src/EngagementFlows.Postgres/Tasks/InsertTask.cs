using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Scripts;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>Stores a new task in the caller's commit.</summary>
internal static class InsertTask
{
    private const string Sql = """
        insert into task (id, instance_id, bookmark_id, engagement_id, definition_version_id, kind, title_en, title_zh, instructions_en, instructions_zh,
                          form_path, outcomes, assignee_person_id, assignee_role, requested_by_id, opened_at, due_at, panel_id, document_version_id, prefill)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20::jsonb)
        """;

    public static NpgsqlBatchCommand Create(HumanTask task, PlainObject? prefill = null)
    {
        NpgsqlBatchCommand command = new(Sql);
        NpgsqlParameterCollection parameters = command.Parameters;
        parameters.AddUuid(task.Id);
        parameters.AddUuid(task.InstanceId);
        parameters.AddUuid(task.BookmarkId);
        parameters.AddUuid(task.EngagementId);
        parameters.AddText(task.DefinitionVersionId);
        parameters.AddText(TaskText.Of(task.Kind));
        parameters.AddText(task.Title.En);
        parameters.AddText(task.Title.ZhCn);
        parameters.AddText(task.Instructions?.En);
        parameters.AddText(task.Instructions?.ZhCn);
        parameters.AddText(task.FormPath);
        parameters.AddTexts([.. task.Outcomes]);
        parameters.AddUuid(task.Assignee.PersonId);
        parameters.AddText(task.Assignee.Role);
        parameters.AddUuid(task.RequestedById);
        parameters.AddInstant(task.OpenedAt);
        parameters.AddInstant(task.DueAt);
        parameters.AddUuid(task.PanelId);
        parameters.AddUuid(task.DocumentVersionId);
        parameters.AddText(prefill is null ? null : AnswerJson.Write(prefill));
        return command;
    }
}
