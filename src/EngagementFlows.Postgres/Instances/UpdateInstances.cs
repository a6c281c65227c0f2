using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Stores instances that a transition moved on. A revision that is not the expected one undoes the whole commit.</summary>
internal static class UpdateInstances
{
    /// <summary>The reason that the database gives back when a revision was not the expected one.</summary>
    public const string Overtaken = "overtaken";

    private const string Sql = """
        with changed as (
          update instance i
          set status = c.status, correlation_id = c.correlation_id, name = c.name, revision = c.expected + 1, updated_at = c.updated_at,
              finished_at = c.finished_at, is_stalled = c.is_stalled, open_incidents = c.open_incidents, state = c.state
          from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::boolean[], $9::int[], $10::bytea[])
            c(id, expected, status, correlation_id, name, updated_at, finished_at, is_stalled, open_incidents, state)
          where i.id = c.id and i.revision = c.expected
          returning 1
        )
        select require_rows(count(*), $11, 'overtaken') from changed
        """;

    public static NpgsqlBatchCommand Create(List<InstanceChange> changes)
    {
        int count = changes.Count;
        Guid[] ids = new Guid[count];
        long[] expected = new long[count];
        string[] statuses = new string[count];
        string?[] correlations = new string?[count];
        string?[] names = new string?[count];
        DateTime[] updated = new DateTime[count];
        DateTime?[] finished = new DateTime?[count];
        bool[] stalled = new bool[count];
        int[] incidents = new int[count];
        ReadOnlyMemory<byte>[] states = new ReadOnlyMemory<byte>[count];
        for (int i = 0; i < count; i++)
        {
            WorkflowInstance instance = changes[i].Instance;
            ids[i] = instance.Id;
            expected[i] = changes[i].ExpectedRevision;
            statuses[i] = InstanceStatusText.Write(instance.Status);
            correlations[i] = instance.CorrelationId;
            names[i] = instance.Name;
            updated[i] = instance.UpdatedAt.UtcDateTime;
            finished[i] = instance.FinishedAt?.UtcDateTime;
            stalled[i] = instance.IsStalled;
            incidents[i] = instance.OpenIncidents;
            states[i] = instance.State;
        }

        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids(ids);
        command.Parameters.AddBigints(expected);
        command.Parameters.AddTexts(statuses);
        command.Parameters.AddTexts(correlations);
        command.Parameters.AddTexts(names);
        command.Parameters.AddInstants(updated);
        command.Parameters.AddInstants(finished);
        command.Parameters.AddBooleans(stalled);
        command.Parameters.AddIntegers(incidents);
        command.Parameters.AddBytes(states);
        command.Parameters.AddBigint(count);
        return command;
    }
}
