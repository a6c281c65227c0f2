using EngagementFlows.Engagements.Documents;
using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Documents;

/// <summary>Freezes a proposed version in the caller's commit; one that was replaced in the meantime lets the transition run again.</summary>
internal static class FreezeDocumentVersion
{
    private const string Sql = """
        with frozen as (
          update document_version set state = 'frozen', frozen_at = $2, frozen_by = $3 where id = $1 and state = 'proposed' returning 1
        )
        select require_rows(count(*), 1, $4) from frozen
        """;

    public static NpgsqlBatchCommand Create(VersionFrozen version, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(version.Version.VersionId);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(version.FrozenBy);
        command.Parameters.AddText(UpdateInstances.Overtaken);
        return command;
    }
}
