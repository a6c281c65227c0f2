using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>Writes into the engagement's audit chain, in the caller's commit, that a person completed a task.</summary>
internal static class AuditTaskCompleted
{
    private const string Sql = """
        select append_audit($1, $2, $3, 'task.completed', $4, $5::json)
        """;

    public static NpgsqlBatchCommand Create(HumanTask task, string outcome, Person person, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddText($"engagement:{task.EngagementId:D}");
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(person.Email);
        command.Parameters.AddText($"task:{task.Id:D}");
        command.Parameters.AddText(JsonSerializer.Serialize(new { title = task.Title.En, outcome }));
        return command;
    }
}
