using Npgsql;

namespace EngagementFlows.Postgres.Bookmarks;

/// <summary>Removes waits that ended.</summary>
internal static class DeleteBookmarks
{
    private const string Sql = """
        delete from bookmark b
        using unnest($1::uuid[], $2::uuid[]) burned(instance_id, id)
        where b.instance_id = burned.instance_id and b.id = burned.id
        """;

    public static NpgsqlBatchCommand Create(List<Guid> instances, List<Guid> ids)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids([.. instances]);
        command.Parameters.AddUuids([.. ids]);
        return command;
    }
}
