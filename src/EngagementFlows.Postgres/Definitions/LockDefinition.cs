using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Lets those who store versions of one definition wait for each other until their transactions end.</summary>
public static class LockDefinition
{
    private const string Sql = "select pg_advisory_xact_lock(hashtextextended('definition ' || $1, 7))";

    /// <summary>Waits for its turn. What is read afterwards, in a statement of its own, is what the one before committed.</summary>
    public static async Task ExecuteAsync(NpgsqlTransaction transaction, string definitionId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddText(definitionId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
