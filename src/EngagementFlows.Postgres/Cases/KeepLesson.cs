using EngagementFlows.Engagements.Cases;
using Npgsql;

namespace EngagementFlows.Postgres.Cases;

/// <summary>Keeps what was learned from a case, in the caller's commit.</summary>
internal static class KeepLesson
{
    private const string Sql = "update engagement_case set lesson = $2, revision = revision + 1 where id = $1";

    public static NpgsqlBatchCommand Create(LessonRecorded lesson)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(lesson.CaseId);
        command.Parameters.AddText(lesson.Lesson);
        return command;
    }
}
