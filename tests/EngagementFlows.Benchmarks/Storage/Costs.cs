using Npgsql;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary>What this process and the database have spent so far.</summary>
internal sealed record Costs(TimeSpan Processor, long WalBytes, long Transactions, long Rows)
{
    private const string Sql = """
        select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint, xact_commit + xact_rollback, tup_inserted + tup_updated + tup_deleted
        from pg_stat_database where datname = current_database()
        """;

    public static async Task<Costs> TakeAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        // Backends report their counts about once a second.
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, cancellationToken);
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(Environment.CpuUsage.TotalTime, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    public Costs Since(Costs before) => new(Processor - before.Processor, WalBytes - before.WalBytes, Transactions - before.Transactions, Rows - before.Rows);
}
