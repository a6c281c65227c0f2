using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Ends the open link of a step that has ended, in the caller's commit: the step's first link, or the one that was sent in its place. One that is no longer open stays as it is.</summary>
internal static class EndLink
{
    private const string Sql = """
        update link set state = 'ended', closed_at = $2
        where bookmark_id = (select bookmark_id from link where id = $1) and state = 'open'
        """;

    public static NpgsqlBatchCommand Create(Guid link, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(link);
        command.Parameters.AddInstant(now);
        return command;
    }
}
