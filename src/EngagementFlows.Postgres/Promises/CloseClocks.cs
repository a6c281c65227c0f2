using Npgsql;

namespace EngagementFlows.Postgres.Promises;

/// <summary>Closes the clocks that still run when their instance ends, in the caller's commit.</summary>
internal static class CloseClocks
{
    private const string Sql = """
        update clock set state = 'closed', stopped_at = $2 where instance_id = $1 and state = 'running'
        """;

    public static NpgsqlBatchCommand Create(Guid instance, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(instance);
        command.Parameters.AddInstant(now);
        return command;
    }
}
