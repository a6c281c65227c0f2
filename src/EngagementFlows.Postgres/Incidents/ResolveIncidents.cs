using EngagementFlows.Engine.Incidents;
using Npgsql;

namespace EngagementFlows.Postgres.Incidents;

/// <summary>Ends incidents.</summary>
internal static class ResolveIncidents
{
    private const string Sql = """
        update incident i
        set resolved_at = $1, resolution = r.resolution, reason = r.reason, resolved_by = r.resolved_by
        from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[]) r(instance_id, id, resolution, reason, resolved_by)
        where i.instance_id = r.instance_id and i.id = r.id and i.resolved_at is null
        """;

    public static NpgsqlBatchCommand Create(List<(Guid InstanceId, IncidentResolution Resolution)> resolved, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddInstant(now);
        command.Parameters.AddUuids([.. resolved.Select(item => item.InstanceId)]);
        command.Parameters.AddUuids([.. resolved.Select(item => item.Resolution.IncidentId)]);
        command.Parameters.AddTexts([.. resolved.Select(item => item.Resolution.Resolution)]);
        command.Parameters.AddTexts([.. resolved.Select(item => item.Resolution.Reason)]);
        command.Parameters.AddTexts([.. resolved.Select(item => item.Resolution.By)]);
        return command;
    }
}
