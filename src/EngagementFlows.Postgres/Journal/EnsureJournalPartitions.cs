using Npgsql;

namespace EngagementFlows.Postgres.Journal;

/// <summary>Makes the journal's partitions of this month and the next; changes nothing where they stand.</summary>
public static class EnsureJournalPartitions
{
    private const string Sql = "select ensure_journal_partitions(coalesce($1, now()))";

    /// <summary>Called at start and every day, by every process.</summary>
    public static async Task ExecuteAsync(NpgsqlDataSource dataSource, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddInstant(now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
