using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Moves a schedule on to its next instant; none for a StartAt that has fired.</summary>
internal static class AdvanceSchedule
{
    private const string Sql = """
        update trigger_schedule set last_fired_at = next_due_at, next_due_at = $3 where definition_id = $1 and activity_id = $2
        """;

    public static NpgsqlBatchCommand Create(DueSchedule schedule, DateTimeOffset? next)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddText(schedule.DefinitionId);
        command.Parameters.AddText(schedule.ActivityId);
        command.Parameters.AddInstant(next);
        return command;
    }
}
