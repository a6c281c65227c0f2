using EngagementFlows.Engagements.Cases;
using Npgsql;

namespace EngagementFlows.Postgres.Cases;

/// <summary>Stores a new case in the caller's commit.</summary>
internal static class InsertCase
{
    private const string Sql = """
        insert into engagement_case (id, engagement_id, instance_id, kind, class, subject, description, raised_by, opened_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    public static NpgsqlBatchCommand Create(CaseOpened opened, Guid instance, string raisedBy, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        NpgsqlParameterCollection parameters = command.Parameters;
        parameters.AddUuid(opened.CaseId);
        parameters.AddUuid(opened.EngagementId);
        parameters.AddUuid(instance);
        parameters.AddText(opened.Kind);
        parameters.AddText(opened.Class);
        parameters.AddText(opened.Subject);
        parameters.AddText(opened.Description);
        parameters.AddText(raisedBy);
        parameters.AddInstant(now);
        return command;
    }
}
