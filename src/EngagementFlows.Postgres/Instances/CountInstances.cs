using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Counts instances by state; walks the whole table.</summary>
public static class CountInstances
{
    private const string Sql = "select status, count(*) from instance where ($1::text is null or definition_id = $1) group by status";

    /// <summary>Returns the numbers by state; states without instances are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> ExecuteAsync(NpgsqlDataSource dataSource, string? definitionId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(definitionId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<string, long> counts = [];
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(reader.GetString(0), reader.GetInt64(1));
        return counts;
    }
}
