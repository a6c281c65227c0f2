using EngagementFlows.Engagements.Milestones;
using Npgsql;

namespace EngagementFlows.Postgres.Milestones;

/// <summary>The columns of a milestone, in the order of the statements that read whole milestones.</summary>
internal static class MilestoneRow
{
    public static Milestone Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        EngagementId = reader.GetGuid(1),
        DocumentVersionId = reader.Uuid(2),
        Name = reader.GetString(3),
        FirstPlannedOn = reader.GetFieldValue<DateOnly>(4),
        PlannedOn = reader.GetFieldValue<DateOnly>(5),
        ReachedOn = reader.IsDBNull(6) ? null : reader.GetFieldValue<DateOnly>(6),
        ReachedBy = reader.Text(7),
        WithdrawnAt = reader.OptionalInstant(8),
        Revision = reader.GetInt64(9),
    };
}
