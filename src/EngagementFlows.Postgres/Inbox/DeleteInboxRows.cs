using Npgsql;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>Removes facts that were served, and timers whose waits ended.</summary>
internal static class DeleteInboxRows
{
    private const string Sql = """
        delete from inbox i
        using unnest($1::uuid[], $2::uuid[]) served(instance_id, id)
        where i.instance_id = served.instance_id and i.id = served.id
        """;

    public static NpgsqlBatchCommand Create(List<Guid> instances, List<Guid> ids)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids([.. instances]);
        command.Parameters.AddUuids([.. ids]);
        return command;
    }
}
