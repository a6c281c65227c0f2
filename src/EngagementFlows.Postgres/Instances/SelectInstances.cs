using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>What is to be done to many instances at once.</summary>
public enum BulkAct
{
    /// <summary>End those that run.</summary>
    Cancel,

    /// <summary>Run failed activities again.</summary>
    Retry,

    /// <summary>Remove those that have ended.</summary>
    Delete,
}

/// <summary>Chooses the instances to which an act can be done: of given ones, or of those that a filter finds. The oldest first.</summary>
public static class SelectInstances
{
    private const string Sql = """
        select id, definition_id, correlation_id, count(*) over ()
        from instance
        where ($1::uuid[] is null or id = any ($1))
          and ($2::text is null or definition_id = $2)
          and ($3::text is null or status = $3)
          and ($4::text is null or correlation_id = $4)
          and (not $5 or open_incidents > 0 or is_stalled)
          and ($6::text is null or id::text ilike $6 or name ilike $6 or correlation_id ilike $6)
          and instance_is_open_to(id, correlation_id, $9)
          and case $7 when 'Cancel' then finished_at is null when 'Retry' then open_incidents > 0 else finished_at is not null end
        order by id
        limit $8
        """;

    /// <summary>Returns up to <paramref name="limit"/> of them, and how many there are in all.</summary>
    public static async Task<(IReadOnlyList<SelectedInstance> Chosen, long Matched)> ExecuteAsync(
        NpgsqlDataSource dataSource, BulkAct act, IReadOnlyList<Guid>? ids, InstanceFilter filter, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = ids is null ? DBNull.Value : ids.ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.AddText(filter.DefinitionId);
        command.Parameters.AddText(filter.Status);
        command.Parameters.AddText(filter.CorrelationId);
        command.Parameters.AddBoolean(filter.NeedsPerson);
        command.Parameters.AddText(Like.Contains(filter.Search));
        command.Parameters.AddText(act.ToString());
        command.Parameters.AddInteger(limit);
        command.Parameters.AddUuid(filter.Viewer);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<SelectedInstance> chosen = [];
        long matched = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            chosen.Add(new(reader.GetGuid(0), reader.GetString(1), reader.Text(2)));
            matched = reader.GetInt64(3);
        }

        return (chosen, matched);
    }
}

/// <param name="Id">The instance.</param>
/// <param name="DefinitionId">Its definition.</param>
/// <param name="CorrelationId">Its business key, or <see langword="null"/>.</param>
public sealed record SelectedInstance(Guid Id, string DefinitionId, string? CorrelationId);
