using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>Records what a person decided about an uncertain effect: it arrived, or it is to be sent again. Runs in the caller's transaction, with the audit entry.</summary>
public static class SettleUncertain
{
    private const string Sql = """
        update outbox
        set state = case when $2 then 'accepted' else 'pending' end,
            ended_at = case when $2 then ended_at end,
            due_at = case when $2 then due_at else coalesce($3, now()) end
        where id = $1 and state = 'uncertain'
        """;

    /// <summary>Returns whether it was uncertain.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, Guid id, bool hasArrived, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        command.Parameters.AddBoolean(hasArrived);
        command.Parameters.AddInstant(now);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
