using EngagementFlows.Engagements.Promises;
using Npgsql;

namespace EngagementFlows.Postgres.Promises;

/// <summary>Stops a clock that runs, in the caller's commit; one that does not run any more stays as it is.</summary>
internal static class EndClock
{
    private const string Sql = """
        update clock set state = 'stopped', stopped_at = $2, is_kept = $3, elapsed = $4 where id = $1 and state = 'running'
        """;

    public static NpgsqlBatchCommand Create(Clock stopped)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(stopped.Id);
        command.Parameters.AddInstant(stopped.StoppedAt);
        command.Parameters.AddBoolean(stopped.IsKept);
        command.Parameters.AddInterval(stopped.Elapsed!.Value);
        return command;
    }
}
