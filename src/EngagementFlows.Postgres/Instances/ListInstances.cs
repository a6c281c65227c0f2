using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Lists instances, newest first, a page at a time.</summary>
public static class ListInstances
{
    // Ids are in the order of the starts, so the key is the place in the list.
    private const string Sql = """
        select id, definition_id, definition_version_id, version, status, correlation_id, name, parent_instance_id, revision,
               created_at, updated_at, finished_at, is_stalled, open_incidents
        from instance
        where ($1::uuid is null or id < $1)
          and ($2::text is null or definition_id = $2)
          and ($3::text is null or status = $3)
          and ($4::text is null or correlation_id = $4)
          and (not $5 or open_incidents > 0 or is_stalled)
          and ($6::text is null or id::text ilike $6 or name ilike $6 or correlation_id ilike $6)
          and instance_is_open_to(id, correlation_id, $8)
        order by id desc
        limit $7
        """;

    /// <summary>Returns the page that begins after <paramref name="after"/>; <see langword="null"/> = the first.</summary>
    public static async Task<Page<InstanceSummary>> ExecuteAsync(NpgsqlDataSource dataSource, InstanceFilter filter, Guid? after, int size, CancellationToken cancellationToken)
    {
        // Never prepared: each set of filters deserves a plan of its own.
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(after);
        command.Parameters.AddText(filter.DefinitionId);
        command.Parameters.AddText(filter.Status);
        command.Parameters.AddText(filter.CorrelationId);
        command.Parameters.AddBoolean(filter.NeedsPerson);
        command.Parameters.AddText(Like.Contains(filter.Search));
        command.Parameters.AddInteger(size + 1);
        command.Parameters.AddUuid(filter.Viewer);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<InstanceSummary> items = [];
        while (await reader.ReadAsync(cancellationToken))
            items.Add(Read(reader));
        return Paging.Cut(items, size, item => item.Id);
    }

    internal static InstanceSummary Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetInt32(3),
        reader.GetString(4),
        reader.Text(5),
        reader.Text(6),
        reader.Uuid(7),
        reader.GetInt64(8),
        reader.Instant(9),
        reader.Instant(10),
        reader.OptionalInstant(11),
        reader.GetBoolean(12),
        reader.GetInt32(13));
}
