using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Lets one process at a time load definitions from files, and says whether it is the first to do so.</summary>
public static class BeginLoadingDefinitions
{
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended('definitions from files', 7))";

    // A statement of its own: it must see what the process committed that held the lock before.
    private const string IsEmpty = "select not exists (select from definition)";

    /// <summary>Waits for its turn, which lasts until the caller's transaction ends; returns whether no definition is stored yet.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using (NpgsqlCommand @lock = new(Lock, transaction.Connection, transaction))
            await @lock.ExecuteNonQueryAsync(cancellationToken);
        await using NpgsqlCommand isEmpty = new(IsEmpty, transaction.Connection, transaction);
        return await isEmpty.ExecuteScalarAsync(cancellationToken) is true;
    }
}
