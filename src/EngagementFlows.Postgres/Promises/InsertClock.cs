using EngagementFlows.Engagements.Promises;
using Npgsql;

namespace EngagementFlows.Postgres.Promises;

/// <summary>Stores a clock that begins to run, in the caller's commit.</summary>
internal static class InsertClock
{
    private const string Sql = """
        insert into clock (id, engagement_id, instance_id, case_id, name, class, started_at, time_limit, calendar, calendar_version, due_at, is_provisional)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    public static NpgsqlBatchCommand Create(Clock clock)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(clock.Id);
        command.Parameters.AddUuid(clock.EngagementId);
        command.Parameters.AddUuid(clock.InstanceId);
        command.Parameters.AddUuid(clock.CaseId);
        command.Parameters.AddText(clock.Name);
        command.Parameters.AddText(clock.Class);
        command.Parameters.AddInstant(clock.StartedAt);
        command.Parameters.AddText(clock.Limit);
        command.Parameters.AddText(clock.Calendar);
        command.Parameters.AddText(clock.CalendarVersion);
        command.Parameters.AddInstant(clock.DueAt);
        command.Parameters.AddBoolean(clock.IsProvisional);
        return command;
    }
}
