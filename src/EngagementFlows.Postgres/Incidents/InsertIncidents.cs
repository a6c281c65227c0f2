using EngagementFlows.Engine.Incidents;
using Npgsql;

namespace EngagementFlows.Postgres.Incidents;

/// <summary>Stores incidents that arose.</summary>
internal static class InsertIncidents
{
    private const string Sql = """
        insert into incident (instance_id, id, activity_id, activity_type, execution_id, message, innermost, expression, line, value, attempt, opened_at)
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[], $11::int[], $12::timestamptz[])
        """;

    public static NpgsqlBatchCommand Create(List<Incident> incidents)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids([.. incidents.Select(incident => incident.InstanceId)]);
        command.Parameters.AddUuids([.. incidents.Select(incident => incident.Id)]);
        command.Parameters.AddTexts([.. incidents.Select(incident => incident.ActivityId)]);
        command.Parameters.AddTexts([.. incidents.Select(incident => incident.ActivityType)]);
        command.Parameters.AddUuids([.. incidents.Select(incident => incident.ExecutionId)]);
        command.Parameters.AddTexts([.. incidents.Select(incident => Storable(incident.Message))]);
        command.Parameters.AddTexts([.. incidents.Select(incident => Storable(incident.Innermost))]);
        command.Parameters.AddTexts([.. incidents.Select(incident => Storable(incident.Expression))]);
        command.Parameters.AddIntegers([.. incidents.Select(incident => incident.Line)]);
        command.Parameters.AddTexts([.. incidents.Select(incident => Storable(incident.Value))]);
        command.Parameters.AddIntegers([.. incidents.Select(incident => incident.Attempt)]);
        command.Parameters.AddInstants([.. incidents.Select(incident => incident.OpenedAt.UtcDateTime)]);
        return command;
    }

    /// <summary>A message may quote what a script made; PostgreSQL's text cannot hold U+0000, and an incident must never fail to be stored.</summary>
    private static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');
}
