using System.Text.Json;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Counts the instances that are sought: exactly as far as that is quick, by the planner's estimate beyond.</summary>
public static class CountInstancesSought
{
    /// <summary>Up to this number the count is exact.</summary>
    public const int MostExact = 10_000;

    private const string Sql = $"select count(*) from (select 1 {InstanceSearch.All}\n{InstanceSearch.Seen} limit $23::bigint) found";
    private const string LivingSql = $"select count(*) from (select 1 {InstanceSearch.Living}\n{InstanceSearch.Seen} limit $23::bigint) found";
    private const string EndedBadlySql = $"select count(*) from (select 1 {InstanceSearch.EndedBadly}\n{InstanceSearch.Seen} limit $23::bigint) found";

    // Without the sets of what is closed, which the planner takes for half of everything.
    private const string EstimateSql = $"""
        explain (format json)
        select 1
        {InstanceSearch.All}
        {InstanceSearch.Narrowed}
          and ($1::uuid is null or true)
        """;

    /// <summary>Returns how many there are.</summary>
    public static async Task<InstanceCount> ExecuteAsync(NpgsqlDataSource dataSource, InstancesSought sought, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        long exact = await CountAsync(connection, sought, cancellationToken);
        return exact <= MostExact ? new(exact, IsEstimate: false) : new(Math.Max(MostExact + 1, await EstimateAsync(connection, sought, cancellationToken)), IsEstimate: true);
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, InstancesSought sought, CancellationToken cancellationToken)
    {
        string sql = await InstanceSearch.ChooseAsync(connection, sought, Sql, LivingSql, EndedBadlySql, cancellationToken);
        await using NpgsqlBatch batch = new(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InstanceSearch.PlanAnew));
        NpgsqlBatchCommand command = new(sql);
        InstanceSearch.Bind(command.Parameters, sought);
        command.Parameters.AddBigint(MostExact + 1);
        batch.BatchCommands.Add(command);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetInt64(0);
    }

    private static async Task<long> EstimateAsync(NpgsqlConnection connection, InstancesSought sought, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(EstimateSql, connection);
        InstanceSearch.Bind(command.Parameters, sought);
        using JsonDocument plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(cancellationToken))!);
        return Rounded(plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetInt64());
    }

    // Two digits: what is estimated should not look as if it were counted.
    private static long Rounded(long number)
    {
        long unit = 1;
        while (number / unit >= 100)
            unit *= 10;
        return number / unit * unit;
    }
}
