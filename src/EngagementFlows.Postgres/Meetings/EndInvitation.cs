using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Ends the link by which a contact is asked whether he comes to a meeting, or the one that was sent in its place, in the caller's commit. One that is no longer open stays as it is.</summary>
internal static class EndInvitation
{
    private const string Sql = """
        update link set state = 'ended', closed_at = $2
        where bookmark_id = (select asked.bookmark_id from meeting g join link asked on asked.id = g.link_id where g.id = $1) and state = 'open'
        """;

    public static NpgsqlBatchCommand Create(Guid meeting, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(meeting);
        command.Parameters.AddInstant(now);
        return command;
    }
}
