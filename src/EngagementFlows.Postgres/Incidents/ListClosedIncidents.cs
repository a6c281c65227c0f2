using Npgsql;

namespace EngagementFlows.Postgres.Incidents;

/// <summary>An open incident of an engagement that is closed to whoever looks: that it is there, and nothing of what it says.</summary>
/// <param name="Id">The incident.</param>
/// <param name="InstanceId">Its instance.</param>
/// <param name="ActivityType">The type of the activity that failed, or <see langword="null"/>.</param>
/// <param name="Attempt">How often it failed.</param>
/// <param name="OpenedAt">When.</param>
public sealed record ClosedIncident(Guid Id, Guid InstanceId, string? ActivityType, int Attempt, DateTimeOffset OpenedAt);

/// <summary>Lists the open incidents that a viewer must not read, so that somebody can care for them all the same; the newest first.</summary>
public sealed class ListClosedIncidents(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select c.id, c.instance_id, c.activity_type, c.attempt, c.opened_at
        from incident c
        join instance i on i.id = c.instance_id
        where c.resolved_at is null and not instance_is_open_to(i.id, i.correlation_id, $1)
        order by c.id desc
        limit $2
        """;

    /// <summary>Returns up to <paramref name="limit"/> of them.</summary>
    public async Task<IReadOnlyList<ClosedIncident>> ExecuteAsync(Guid? viewer, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(viewer);
        command.Parameters.AddInteger(limit);
        List<ClosedIncident> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.Text(2), reader.GetInt32(3), reader.Instant(4)));
        return rows;
    }
}
