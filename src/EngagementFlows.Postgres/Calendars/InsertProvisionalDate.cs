using EngagementFlows.Engagements.Calendars;
using Npgsql;

namespace EngagementFlows.Postgres.Calendars;

/// <summary>Notes, in the caller's commit, that a date was computed from a year that is not published yet.</summary>
internal static class InsertProvisionalDate
{
    private const string Sql = """
        insert into provisional_date (reference_id, kind, instance_id, engagement_id, bookmark_id, calendar, version, begun_at, duration, due_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    public static NpgsqlBatchCommand Create(Guid instance, ProvisionalDateSet date)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(date.ReferenceId);
        command.Parameters.AddText(ProvisionalText.Of(date.Kind));
        command.Parameters.AddUuid(instance);
        command.Parameters.AddUuid(date.EngagementId);
        command.Parameters.AddUuid(date.BookmarkId);
        command.Parameters.AddText(date.Calendar);
        command.Parameters.AddText(date.Version);
        command.Parameters.AddInstant(date.From);
        command.Parameters.AddText(date.Duration);
        command.Parameters.AddInstant(date.DueAt);
        return command;
    }
}
