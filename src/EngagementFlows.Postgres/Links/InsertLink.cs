using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Scripts;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Stores a new link in the caller's commit.</summary>
internal static class InsertLink
{
    private const string Sql = """
        insert into link (id, instance_id, bookmark_id, engagement_id, contact_id, definition_version_id, form_path, may_decline, message, issued_at, expires_at, document_version_id, prefill, confirm_by_code,
                          sent_to)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::jsonb, $14, $15)
        """;

    /// <param name="link">The link.</param>
    /// <param name="prefill">What its form begins with, or <see langword="null"/>.</param>
    /// <param name="sentTo">The mailbox to which it goes; the link dies when the contact gets another one.</param>
    public static NpgsqlBatchCommand Create(Link link, PlainObject? prefill, string sentTo)
    {
        NpgsqlBatchCommand command = new(Sql);
        NpgsqlParameterCollection parameters = command.Parameters;
        parameters.AddUuid(link.Id);
        parameters.AddUuid(link.InstanceId);
        parameters.AddUuid(link.BookmarkId);
        parameters.AddUuid(link.EngagementId);
        parameters.AddUuid(link.ContactId);
        parameters.AddText(link.DefinitionVersionId);
        parameters.AddText(link.FormPath);
        parameters.AddBoolean(link.MayDecline);
        parameters.AddText(link.Message);
        parameters.AddInstant(link.IssuedAt);
        parameters.AddInstant(link.ExpiresAt);
        parameters.AddUuid(link.DocumentVersionId);
        parameters.AddText(prefill is null ? null : AnswerJson.Write(prefill));
        parameters.AddBoolean(link.ConfirmByCode);
        parameters.AddText(sentTo);
        return command;
    }
}
