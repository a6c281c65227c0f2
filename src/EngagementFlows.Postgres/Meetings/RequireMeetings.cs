using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Guards a commit that changes meetings: they are as they were read, and nobody changes them while it commits. If not, it is run again from what is stored then.</summary>
internal static class RequireMeetings
{
    private const string Sql = """
        with seen as (
          select 1
          from unnest($1::uuid[], $2::bigint[]) s (id, revision)
          join meeting g on g.id = s.id and g.revision = s.revision
          for update of g
        )
        select require_rows(count(*), $3, $4) from seen
        """;

    public static NpgsqlBatchCommand Create(IReadOnlyDictionary<Guid, long> revisions)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids([.. revisions.Keys]);
        command.Parameters.AddBigints([.. revisions.Values]);
        command.Parameters.AddBigint(revisions.Count);
        command.Parameters.AddText(UpdateInstances.Overtaken);
        return command;
    }
}
