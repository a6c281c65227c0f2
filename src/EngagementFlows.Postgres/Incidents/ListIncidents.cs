using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Incidents;

/// <summary>An incident as lists show it.</summary>
/// <param name="Id">The id; its order is that of the openings.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="DefinitionId">The instance's definition.</param>
/// <param name="InstanceName">The instance's name, or <see langword="null"/>.</param>
/// <param name="ActivityId">The activity, or <see langword="null"/>.</param>
/// <param name="ActivityType">The activity's type, or <see langword="null"/>.</param>
/// <param name="Message">What failed.</param>
/// <param name="Innermost">The innermost cause.</param>
/// <param name="Expression">The expression, or <see langword="null"/>.</param>
/// <param name="Line">The line in it; 0 if none.</param>
/// <param name="Value">The value found, or <see langword="null"/>.</param>
/// <param name="Attempt">How often the execution failed.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="ResolvedAt">When it ended, or <see langword="null"/>.</param>
/// <param name="Resolution">How it ended, or <see langword="null"/>.</param>
/// <param name="Reason">Why so, or <see langword="null"/>.</param>
/// <param name="ResolvedBy">By whom, or <see langword="null"/>.</param>
public sealed record IncidentSummary(
    Guid Id,
    Guid InstanceId,
    string DefinitionId,
    string? InstanceName,
    string? ActivityId,
    string? ActivityType,
    string Message,
    string Innermost,
    string? Expression,
    int Line,
    string? Value,
    int Attempt,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ResolvedAt,
    string? Resolution,
    string? Reason,
    string? ResolvedBy);

/// <summary>Lists incidents, newest first, a page at a time.</summary>
public static class ListIncidents
{
    // The open ones have an index of their own; those of one instance are found by its key.
    private const string Sql = """
        select c.id, c.instance_id, i.definition_id, i.name, c.activity_id, c.activity_type, c.message, c.innermost, c.expression, c.line, c.value,
               c.attempt, c.opened_at, c.resolved_at, c.resolution, c.reason, c.resolved_by
        from incident c
        join instance i on i.id = c.instance_id
        where ($1::uuid is null or c.instance_id = $1)
          and (not $2 or c.resolved_at is null)
          and ($3::uuid is null or c.id < $3)
          and ($4::text is null or i.definition_id = $4)
          and instance_is_open_to(i.id, i.correlation_id, $6)
        order by c.id desc
        limit $5
        """;

    /// <summary>Returns the page that begins after <paramref name="after"/>; of all instances if <paramref name="instanceId"/> is <see langword="null"/>. A viewer of <see langword="null"/> is shown nothing of closed engagements.</summary>
    public static async Task<Page<IncidentSummary>> ExecuteAsync(
        NpgsqlDataSource dataSource, Guid? instanceId, bool onlyOpen, string? definitionId, Guid? after, int size, CancellationToken cancellationToken, Guid? viewer = null)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(instanceId);
        command.Parameters.AddBoolean(onlyOpen);
        command.Parameters.AddUuid(after);
        command.Parameters.AddText(definitionId);
        command.Parameters.AddInteger(size + 1);
        command.Parameters.AddUuid(viewer);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<IncidentSummary> items = [];
        while (await reader.ReadAsync(cancellationToken))
            items.Add(Read(reader));
        return Paging.Cut(items, size, item => item.Id);
    }

    private static IncidentSummary Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetGuid(1),
        reader.GetString(2),
        reader.Text(3),
        reader.Text(4),
        reader.Text(5),
        reader.GetString(6),
        reader.GetString(7),
        reader.Text(8),
        reader.GetInt32(9),
        reader.Text(10),
        reader.GetInt32(11),
        reader.Instant(12),
        reader.OptionalInstant(13),
        reader.Text(14),
        reader.Text(15),
        reader.Text(16));
}
