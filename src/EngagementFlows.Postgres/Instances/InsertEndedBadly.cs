using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Notes instances that end as cancelled or faulted, so that lists find these few among many.</summary>
/// <remarks>A statement of its own, and no index on the state: instances that go on or end well, so nearly all commits, pay nothing for it.</remarks>
internal static class InsertEndedBadly
{
    private const string Sql = "insert into instance_ended_badly (instance_id) select unnest($1::uuid[])";

    public static NpgsqlBatchCommand Create(List<Guid> ids)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids([.. ids]);
        return command;
    }
}
