using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>The columns of a task, in the order of the statements that read whole tasks.</summary>
internal static class TaskRow
{
    public static HumanTask Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        InstanceId = reader.GetGuid(1),
        BookmarkId = reader.GetGuid(2),
        EngagementId = reader.GetGuid(3),
        DefinitionVersionId = reader.GetString(4),
        Kind = TaskText.KindOf(reader.GetString(5)),
        Title = new(reader.GetString(6), reader.GetString(7)),
        Instructions = reader.IsDBNull(8) ? null : new LocalizedText(reader.GetString(8), reader.GetString(9)),
        FormPath = reader.Text(10),
        Outcomes = reader.GetFieldValue<string[]>(11),
        Assignee = new(reader.Uuid(12), reader.Text(13)),
        EscalatedTo = reader.IsDBNull(14) && reader.IsDBNull(15) ? null : new TaskHolder(reader.Uuid(14), reader.Text(15)),
        RequestedById = reader.Uuid(16),
        State = TaskText.StateOf(reader.GetString(17)),
        OpenedAt = reader.Instant(18),
        DueAt = reader.OptionalInstant(19),
        ClosedAt = reader.OptionalInstant(20),
        Outcome = reader.Text(21),
        Comment = reader.Text(22),
        CompletedById = reader.Uuid(23),
        Revision = reader.GetInt64(24),
        PanelId = reader.Uuid(25),
        PanelVoices = reader.GetFieldValue<Guid[]>(26),
        DocumentVersionId = reader.Uuid(27),
        IsDocumentCurrent = reader.GetBoolean(28),
        DueIsProvisional = reader.GetBoolean(29),
    };
}
