using Npgsql;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>Lets a parked fact be tried again, after a person has mended its cause. Runs in the caller's transaction.</summary>
public static class ReleaseParkedFact
{
    private const string Sql = """
        update inbox set due_at = coalesce($3, now()), parked_at = null, failures = 0, error = null
        where instance_id = $1 and id = $2 and parked_at is not null
        """;

    /// <summary>Returns whether it was parked.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, Guid instanceId, Guid id, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(instanceId);
        command.Parameters.AddUuid(id);
        command.Parameters.AddInstant(now);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
