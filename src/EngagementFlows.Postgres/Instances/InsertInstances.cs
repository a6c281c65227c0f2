using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Stores new instances. An id that exists already undoes the whole commit.</summary>
internal static class InsertInstances
{
    private const string Sql = """
        insert into instance (id, definition_id, definition_version_id, version, status, correlation_id, name, parent_instance_id, parent_bookmark_id,
                              revision, created_at, updated_at, finished_at, is_stalled, open_incidents, state)
        select * from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::uuid[],
                             $10::bigint[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::boolean[], $15::int[], $16::bytea[])
        """;

    public static NpgsqlBatchCommand Create(List<WorkflowInstance> instances)
    {
        int count = instances.Count;
        Guid[] ids = new Guid[count];
        string[] definitions = new string[count];
        string[] versionIds = new string[count];
        int[] versions = new int[count];
        string[] statuses = new string[count];
        string?[] correlations = new string?[count];
        string?[] names = new string?[count];
        Guid?[] parents = new Guid?[count];
        Guid?[] parentBookmarks = new Guid?[count];
        long[] revisions = new long[count];
        DateTime[] created = new DateTime[count];
        DateTime[] updated = new DateTime[count];
        DateTime?[] finished = new DateTime?[count];
        bool[] stalled = new bool[count];
        int[] incidents = new int[count];
        ReadOnlyMemory<byte>[] states = new ReadOnlyMemory<byte>[count];
        for (int i = 0; i < count; i++)
        {
            WorkflowInstance instance = instances[i];
            ids[i] = instance.Id;
            definitions[i] = instance.DefinitionId;
            versionIds[i] = instance.DefinitionVersionId;
            versions[i] = instance.Version;
            statuses[i] = InstanceStatusText.Write(instance.Status);
            correlations[i] = instance.CorrelationId;
            names[i] = instance.Name;
            parents[i] = instance.ParentInstanceId;
            parentBookmarks[i] = instance.ParentBookmarkId;
            revisions[i] = instance.Revision;
            created[i] = instance.CreatedAt.UtcDateTime;
            updated[i] = instance.UpdatedAt.UtcDateTime;
            finished[i] = instance.FinishedAt?.UtcDateTime;
            stalled[i] = instance.IsStalled;
            incidents[i] = instance.OpenIncidents;
            states[i] = instance.State;
        }

        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids(ids);
        command.Parameters.AddTexts(definitions);
        command.Parameters.AddTexts(versionIds);
        command.Parameters.AddIntegers(versions);
        command.Parameters.AddTexts(statuses);
        command.Parameters.AddTexts(correlations);
        command.Parameters.AddTexts(names);
        command.Parameters.AddUuids(parents);
        command.Parameters.AddUuids(parentBookmarks);
        command.Parameters.AddBigints(revisions);
        command.Parameters.AddInstants(created);
        command.Parameters.AddInstants(updated);
        command.Parameters.AddInstants(finished);
        command.Parameters.AddBooleans(stalled);
        command.Parameters.AddIntegers(incidents);
        command.Parameters.AddBytes(states);
        return command;
    }
}
