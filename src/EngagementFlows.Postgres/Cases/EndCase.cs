using EngagementFlows.Engagements.Cases;
using Npgsql;

namespace EngagementFlows.Postgres.Cases;

/// <summary>Closes an open case in the caller's commit; a closed one stays as it is.</summary>
internal static class EndCase
{
    private const string Sql = """
        update engagement_case
        set state = 'closed', closed_at = $2, outcome = $3, satisfaction = $4, revision = revision + 1
        where id = $1 and state = 'open'
        """;

    public static NpgsqlBatchCommand Create(CaseClosed closed, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(closed.CaseId);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(closed.Outcome);
        command.Parameters.AddInteger(closed.Satisfaction);
        return command;
    }
}
