using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Ends an open link whose step has ended, in the caller's commit; a link that is no longer open stays as it is.</summary>
internal static class EndLink
{
    private const string Sql = """
        update link set state = 'ended', closed_at = $2 where id = $1 and state = 'open'
        """;

    public static NpgsqlBatchCommand Create(Guid link, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(link);
        command.Parameters.AddInstant(now);
        return command;
    }
}
