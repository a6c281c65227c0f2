using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres.Incidents;

/// <summary>An incident that waits for a person.</summary>
/// <param name="Id">The incident.</param>
/// <param name="InstanceId">Its instance.</param>
/// <param name="InstanceName">The instance's name, or <see langword="null"/>.</param>
/// <param name="DefinitionName">What people call the definition; its id where it has no name.</param>
/// <param name="Version">The version of the definition.</param>
/// <param name="ActivityId">The activity, or <see langword="null"/>.</param>
/// <param name="ActivityType">The activity's type, or <see langword="null"/>.</param>
/// <param name="Message">What failed.</param>
/// <param name="Innermost">The innermost cause.</param>
/// <param name="Expression">The expression that failed, or <see langword="null"/>.</param>
/// <param name="Line">Line in the expression, from 1; 0 if none.</param>
/// <param name="Value">The value found, or <see langword="null"/>.</param>
/// <param name="Attempt">How often the activity has failed.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="ResolvedAt">When it was mended, or <see langword="null"/>.</param>
/// <param name="Resolution">How it was mended, or <see langword="null"/>.</param>
/// <param name="ResolvedBy">Who mended it, or <see langword="null"/>.</param>
/// <param name="Reason">Why it was mended so, or <see langword="null"/>.</param>
/// <param name="Revision">The instance's revision; an act on the incident names it, so that nobody mends what he has not seen.</param>
public sealed record IncidentRow(
    Guid Id,
    Guid InstanceId,
    string? InstanceName,
    LocalizedText DefinitionName,
    int Version,
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
    string? ResolvedBy,
    string? Reason,
    long Revision);

/// <summary>Reads a page of the incidents that wait for a person, the newest first; or one incident.</summary>
public sealed class ReadIncidentsPage(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select c.id, c.instance_id, i.name, coalesce(d.name, i.definition_id), coalesce(d.name_zh, d.name, i.definition_id), i.version, c.activity_id, c.activity_type, c.message, c.innermost, c.expression,
               c.line, c.value, c.attempt, c.opened_at, c.resolved_at, c.resolution, c.resolved_by, c.reason,
               i.revision
        from incident c
        join instance i on i.id = c.instance_id
        left join definition d on d.id = i.definition_version_id
        where ($1::uuid is null and c.resolved_at is null or c.id = $1)
          and ($2::uuid is null or c.id < $2)
          and ($4::uuid is null or c.instance_id = $4)
          and ($6 or instance_is_open_to(i.id, i.correlation_id, $5))
        order by c.id desc
        limit $3
        """;

    /// <summary>Returns the open incidents before the one given, the last row of the page before. A viewer of <see langword="null"/> is shown nothing of closed engagements.</summary>
    public Task<List<IncidentRow>> ListAsync(Guid? before, int limit, CancellationToken cancellationToken, Guid? viewer = null) =>
        ReadAsync(null, before, limit, null, cancellationToken, viewer);

    /// <summary>Returns the incident, open or not; <see langword="null"/> if there is none of that id. Whether the caller may see it is asked at the door.</summary>
    public async Task<IncidentRow?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(id, null, 1, null, cancellationToken, isAsked: true)) is [IncidentRow found] ? found : null;

    /// <summary>Returns the open incidents of an instance. Whether the caller may see it is asked at the door.</summary>
    public Task<List<IncidentRow>> OfInstanceAsync(Guid instance, CancellationToken cancellationToken) => ReadAsync(null, null, 50, instance, cancellationToken, isAsked: true);

    private async Task<List<IncidentRow>> ReadAsync(
        Guid? id, Guid? before, int limit, Guid? instance, CancellationToken cancellationToken, Guid? viewer = null, bool isAsked = false)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(id);
        command.Parameters.AddUuid(before);
        command.Parameters.AddInteger(limit);
        command.Parameters.AddUuid(instance);
        command.Parameters.AddUuid(viewer);
        command.Parameters.AddBoolean(isAsked);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<IncidentRow> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new IncidentRow(
                reader.GetGuid(0), reader.GetGuid(1), reader.Text(2), reader.Localized(3), reader.GetInt32(5), reader.Text(6), reader.Text(7), reader.GetString(8),
                reader.GetString(9), reader.Text(10), reader.GetInt32(11), reader.Text(12), reader.GetInt32(13), reader.Instant(14), reader.OptionalInstant(15),
                reader.Text(16), reader.Text(17), reader.Text(18), reader.GetInt64(19)));
        }

        return rows;
    }
}
