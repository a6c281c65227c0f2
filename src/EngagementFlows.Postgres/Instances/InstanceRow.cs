using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Maps the columns of an instance, in the order in which every statement selects them.</summary>
internal static class InstanceRow
{
    public static WorkflowInstance Read(NpgsqlDataReader reader, int first) => new()
    {
        Id = reader.GetGuid(first),
        DefinitionId = reader.GetString(first + 1),
        DefinitionVersionId = reader.GetString(first + 2),
        Version = reader.GetInt32(first + 3),
        Status = InstanceStatusText.Read(reader.GetString(first + 4)),
        CorrelationId = reader.Text(first + 5),
        Name = reader.Text(first + 6),
        ParentInstanceId = reader.Uuid(first + 7),
        ParentBookmarkId = reader.Uuid(first + 8),
        Revision = reader.GetInt64(first + 9),
        CreatedAt = reader.Instant(first + 10),
        UpdatedAt = reader.Instant(first + 11),
        FinishedAt = reader.OptionalInstant(first + 12),
        IsStalled = reader.GetBoolean(first + 13),
        OpenIncidents = reader.GetInt32(first + 14),
        State = reader.GetFieldValue<byte[]>(first + 15),
    };
}
