using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Notes instances that take another business key while they are closed by the old one: what was closed once stays closed.</summary>
/// <remarks>
/// Goes before <see cref="UpdateInstances"/> in the same commit. What it reads is what that statement replaces, or the revision is not the expected one and nothing is committed.
/// A trigger would read each updated row a second time, whether its key changes or not.
/// </remarks>
internal static class NoteLeftKeys
{
    private const string Sql = """
        insert into closed_instance (instance_id, engagement_id)
        select i.id, engagement_that_closes(i.id, i.correlation_id)
        from unnest($1::uuid[]) w(id)
        join instance i on i.id = w.id
        where engagement_that_closes(i.id, i.correlation_id) is not null
        on conflict (instance_id) do nothing
        """;

    public static NpgsqlBatchCommand Create(Guid[] ids)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids(ids);
        return command;
    }
}
