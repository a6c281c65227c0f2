using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Lists the instances of a page that is asked for by its number.</summary>
public static class ListInstancesByPage
{
    private const string Columns = """
        i.id, i.definition_id, i.definition_version_id, i.version, i.status, i.correlation_id, i.name, i.parent_instance_id, i.revision,
        i.created_at, i.updated_at, i.finished_at, i.is_stalled, i.open_incidents
        """;

    // Exactly one of the orders is left of each plan, and the first two are the key's own.
    private const string Page = """
        order by case when $23 = 'Created' and $24::boolean then i.id end desc,
                 case when $23 = 'Created' and not $24 then i.id end,
                 case when $23 = 'Updated' and $24 then i.updated_at end desc nulls last,
                 case when $23 = 'Updated' and not $24 then i.updated_at end,
                 case when $23 = 'Finished' and $24 then i.finished_at end desc nulls last,
                 case when $23 = 'Finished' and not $24 then i.finished_at end,
                 case when $23 = 'Name' and $24 then i.name end desc nulls last,
                 case when $23 = 'Name' and not $24 then i.name end,
                 i.id desc
        offset $25::bigint
        limit $26::bigint
        """;

    private const string Sql = $"select {Columns}\n{InstanceSearch.All}\n{InstanceSearch.Seen}\n{Page}";
    private const string LivingSql = $"select {Columns}\n{InstanceSearch.Living}\n{InstanceSearch.Seen}\n{Page}";
    private const string EndedBadlySql = $"select {Columns}\n{InstanceSearch.EndedBadly}\n{InstanceSearch.Seen}\n{Page}";

    /// <summary>Returns up to <paramref name="size"/> instances after the first <paramref name="skip"/>.</summary>
    public static async Task<IReadOnlyList<InstanceSummary>> ExecuteAsync(
        NpgsqlDataSource dataSource, InstancesSought sought, InstanceOrder order, bool isDescending, long skip, int size, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        string sql = await InstanceSearch.ChooseAsync(connection, sought, Sql, LivingSql, EndedBadlySql, cancellationToken);
        await using NpgsqlBatch batch = new(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InstanceSearch.PlanAnew));
        NpgsqlBatchCommand command = new(sql);
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
