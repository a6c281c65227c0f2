using EngagementFlows.Engine;
using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>What a list of instances shows.</summary>
/// <param name="Status">Only instances in this state; <see langword="null"/> = all.</param>
/// <param name="DefinitionId">Only instances of this definition; <see langword="null"/> = all.</param>
/// <param name="NeedsAttention">Only instances with open incidents or with nothing left that could move them.</param>
/// <param name="Text">Only instances whose name, correlation id, client, or beginning of the id is this; <see langword="null"/> = all.</param>
/// <param name="Before">Only instances that began before this one, the last row of the page before; <see langword="null"/> = from the newest.</param>
/// <param name="Limit">The most rows.</param>
public sealed record InstancesWanted(string? Status, string? DefinitionId, bool NeedsAttention, string? Text, Guid? Before, int Limit)
{
    /// <summary>Gets who looks; <see langword="null"/> = a program or a stranger, who is shown nothing of closed engagements.</summary>
    public Guid? Viewer { get; init; }
}

/// <summary>A row of the list of instances.</summary>
/// <param name="Id">The instance.</param>
/// <param name="DefinitionId">Its definition.</param>
/// <param name="DefinitionName">What people call the definition; its id where it has no name.</param>
/// <param name="Version">The version it stays on.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Name">Its name, or <see langword="null"/>.</param>
/// <param name="CorrelationId">Its business key, or <see langword="null"/>.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="FinishedAt">When it ended, or <see langword="null"/>.</param>
/// <param name="IsStalled">Whether nothing is left that could move it.</param>
/// <param name="OpenIncidents">Failures that wait for a person.</param>
/// <param name="Client">The client whose engagement it runs for, or <see langword="null"/>.</param>
/// <param name="Engagement">That engagement's title, or <see langword="null"/>.</param>
/// <param name="Waits">What it waits for.</param>
public sealed record InstanceListRow(
    Guid Id,
    string DefinitionId,
    LocalizedText DefinitionName,
    int Version,
    InstanceStatus Status,
    string? Name,
    string? CorrelationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    bool IsStalled,
    int OpenIncidents,
    string? Client,
    string? Engagement,
    IReadOnlyList<InstanceWait> Waits);

/// <summary>A wait of an instance, as people are told of it.</summary>
/// <param name="Name">The kind of wait.</param>
/// <param name="Key">What a stimulus must match, or <see langword="null"/>.</param>
/// <param name="DueAt">When it resumes by itself, or <see langword="null"/>.</param>
/// <param name="Since">When it began.</param>
/// <param name="ActivityId">The activity that waits.</param>
/// <param name="IsProvisional">Whether the instant was computed from a year whose holidays were not published yet.</param>
public sealed record InstanceWait(string Name, string? Key, DateTimeOffset? DueAt, DateTimeOffset Since, string ActivityId, bool IsProvisional = false);

/// <summary>Reads a page of the list of instances, the newest first.</summary>
public sealed class ReadInstancesPage(NpgsqlDataSource dataSource)
{
    // Ids begin with the instant of the start: walking the key downwards is walking back in time, and the last id of a page is where the next goes on.
    private const string Sql = """
        select i.id, i.definition_id, coalesce(d.name, i.definition_id), coalesce(d.name_zh, d.name, i.definition_id), i.version, i.status, i.name, i.correlation_id, i.created_at, i.finished_at,
               i.is_stalled, i.open_incidents, g.client, g.title, w.names, w.keys, w.due, w.since, w.activities, w.provisional
        from instance i
        left join definition d on d.id = i.definition_version_id
        left join lateral (
          select c.name client, e.title
          from engagement e join client c on c.id = e.client_id
          where e.id = case when i.correlation_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then i.correlation_id::uuid end
        ) g on true
        left join lateral (
          select array_agg(b.name order by b.created_at, b.id) names, array_agg(b.key order by b.created_at, b.id) keys,
                 array_agg(b.due_at order by b.created_at, b.id) due, array_agg(b.created_at order by b.created_at, b.id) since,
                 array_agg(b.activity_id order by b.created_at, b.id) activities,
                 array_agg(exists (select 1 from provisional_date p where p.instance_id = b.instance_id and p.bookmark_id = b.id) order by b.created_at, b.id) provisional
          from bookmark b
          where b.instance_id = i.id
        ) w on true
        where ($1::text is null or i.status = $1)
          and ($2::text is null or i.definition_id = $2)
          and (not $3::boolean or i.open_incidents > 0 or i.is_stalled)
          and ($4::text is null or i.name ilike '%' || $7 || '%' or i.correlation_id = $4 or i.id::text like lower($7) || '%' or g.client ilike '%' || $7 || '%' or g.title ilike '%' || $7 || '%')
          and ($5::uuid is null or i.id < $5)
          and instance_is_open_to(i.id, i.correlation_id, $8)
        order by i.id desc
        limit $6
        """;

    /// <summary>Returns the rows of the page.</summary>
    public async Task<IReadOnlyList<InstanceListRow>> ExecuteAsync(InstancesWanted wanted, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(wanted.Status);
        command.Parameters.AddText(wanted.DefinitionId);
        command.Parameters.AddBoolean(wanted.NeedsAttention);
        command.Parameters.AddText(wanted.Text);
        command.Parameters.AddUuid(wanted.Before);
        command.Parameters.AddInteger(wanted.Limit);
        command.Parameters.AddText(wanted.Text is null ? null : Escaped(wanted.Text));
        command.Parameters.AddUuid(wanted.Viewer);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<InstanceListRow> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new InstanceListRow(
                reader.GetGuid(0), reader.GetString(1), reader.Localized(2), reader.GetInt32(4), InstanceStatusText.Read(reader.GetString(5)), reader.Text(6), reader.Text(7),
                reader.Instant(8), reader.OptionalInstant(9), reader.GetBoolean(10), reader.GetInt32(11), reader.Text(12), reader.Text(13), ReadWaits(reader, 14)));
        }

        return rows;
    }

    // What people type is text, not a pattern.
    private static string Escaped(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");

    private static InstanceWait[] ReadWaits(NpgsqlDataReader reader, int first)
    {
        if (reader.IsDBNull(first))
            return [];
        string[] names = reader.GetFieldValue<string[]>(first);
        string?[] keys = reader.GetFieldValue<string?[]>(first + 1);
        DateTime?[] due = reader.GetFieldValue<DateTime?[]>(first + 2);
        DateTime[] since = reader.GetFieldValue<DateTime[]>(first + 3);
        string[] activities = reader.GetFieldValue<string[]>(first + 4);
        bool[] provisional = reader.GetFieldValue<bool[]>(first + 5);
        return [.. names.Select((name, at) => new InstanceWait(
            name, keys[at], due[at] is { } instant ? new DateTimeOffset(instant, TimeSpan.Zero) : null, new DateTimeOffset(since[at], TimeSpan.Zero), activities[at], provisional[at]))];
    }
}
