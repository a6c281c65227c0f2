using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Sets the stage of an engagement in the caller's commit.</summary>
internal static class UpdateStage
{
    private const string Sql = """
        update engagement set stage = $2, updated_at = $3 where id = $1
        """;

    public static NpgsqlBatchCommand Create(Guid engagement, string stage, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(engagement);
        command.Parameters.AddText(stage);
        command.Parameters.AddInstant(now);
        return command;
    }
}
