using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Lists the instances of a page that is asked for by its number.</summary>
public static class ListInstancesByPage
{
    // Exactly one of the orders is left of each plan, and the first two are the key's own.
    private const string Sql = $"""
        select i.id, i.definition_id, i.definition_version_id, i.version, i.status, i.correlation_id, i.name, i.parent_instance_id, i.revision,
               i.created_at, i.updated_at, i.finished_at, i.is_stalled, i.open_incidents
        {InstanceSearch.Seen}
        order by case when $25 = 'Created' and $26::boolean then i.id end desc,
                 case when $25 = 'Created' and not $26 then i.id end,
                 case when $25 = 'Updated' and $26 then i.updated_at end desc nulls last,
                 case when $25 = 'Updated' and not $26 then i.updated_at end,
                 case when $25 = 'Finished' and $26 then i.finished_at end desc nulls last,
                 case when $25 = 'Finished' and not $26 then i.finished_at end,
                 case when $25 = 'Name' and $26 then i.name end desc nulls last,
                 case when $25 = 'Name' and not $26 then i.name end,
                 i.id desc
        offset $27::bigint
        limit $28::bigint
        """;

    /// <summary>Returns up to <paramref name="size"/> instances after the first <paramref name="skip"/>.</summary>
    public static async Task<IReadOnlyList<InstanceSummary>> ExecuteAsync(
        NpgsqlDataSource dataSource, InstancesSought sought, InstanceOrder order, bool isDescending, long skip, int size, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InstanceSearch.PlanAnew));
        NpgsqlBatchCommand command = new(Sql);
        InstanceSearch.Bind(command.Parameters, sought);
        command.Parameters.AddText(order.ToString());
        command.Parameters.AddBoolean(isDescending);
        command.Parameters.AddBigint(skip);
        command.Parameters.AddBigint(size);
        batch.BatchCommands.Add(command);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        List<InstanceSummary> items = new(size);
        while (await reader.ReadAsync(cancellationToken))
            items.Add(ListInstances.Read(reader));
        return items;
    }
}
