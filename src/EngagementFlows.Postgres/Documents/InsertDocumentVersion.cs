using EngagementFlows.Engagements.Documents;
using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Documents;

/// <summary>Stores the next version of a document in the caller's commit, and replaces the one that was proposed before it.</summary>
internal static class InsertDocumentVersion
{
    private const string ReplaceSql = "update document_version set state = 'replaced' where engagement_id = $1 and kind = $2 and state = 'proposed'";

    // Whoever took the number first wins; the other transition is run again and finds the next one.
    private const string InsertSql = """
        with stored as (
          insert into document_version (id, engagement_id, kind, number, definition_version_id, form_path, content, content_hash, proposed_at, proposed_by, instance_id)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
          on conflict (engagement_id, kind, number) do nothing
          returning 1
        )
        select require_rows(count(*), 1, $12) from stored
        """;

    public static IEnumerable<NpgsqlBatchCommand> Create(VersionProposed version, Guid instance, DateTimeOffset now)
    {
        NpgsqlBatchCommand replace = new(ReplaceSql);
        replace.Parameters.AddUuid(version.EngagementId);
        replace.Parameters.AddText(version.Kind);
        NpgsqlBatchCommand insert = new(InsertSql);
        NpgsqlParameterCollection parameters = insert.Parameters;
        parameters.AddUuid(version.VersionId);
        parameters.AddUuid(version.EngagementId);
        parameters.AddText(version.Kind);
        parameters.AddInteger(version.Number);
        parameters.AddText(version.DefinitionVersionId);
        parameters.AddText(version.FormPath);
        parameters.AddJsonb(version.Content);
        parameters.AddText(version.ContentHash);
        parameters.AddInstant(now);
        parameters.AddText(version.ProposedBy);
        parameters.AddUuid(instance);
        parameters.AddText(UpdateInstances.Overtaken);
        return [replace, insert];
    }
}
