using Npgsql;

namespace EngagementFlows.Postgres.Incidents;

/// <summary>Counts what waits for a person to mend it: open incidents, and instances that nothing will move any more.</summary>
public sealed class CountIncidents(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select (select count(*) from incident where resolved_at is null) + (select count(*) from instance where is_stalled)
        """;

    /// <summary>Returns the number.</summary>
    public async Task<long> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
