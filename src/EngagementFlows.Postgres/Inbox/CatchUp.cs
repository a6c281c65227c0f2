using Npgsql;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>The pace at which rows that are very late are released, by all processes together.</summary>
internal static class CatchUp
{
    // Who gets the row's lock may release in this transaction; the others see no allowance and try again in the next round.
    private const string TakeSql = """
        with late as (
          select 1 from inbox where due_at <= $1 limit 1
        ), head as (
          select second, released from catch_up where exists (select 1 from late) for update skip locked
        )
        select case when head.second = date_trunc('second', $2::timestamptz) then $3 - head.released else $3 end
        from head
        """;

    private const string SpendSql = """
        update catch_up
        set released = case when second = date_trunc('second', $1::timestamptz) then released else 0 end + $2, second = date_trunc('second', $1::timestamptz)
        """;

    /// <summary>Returns how many late rows may be released now; <see langword="null"/> if there are none or another process releases.</summary>
    public static async Task<int?> TakeAsync(NpgsqlConnection connection, DateTimeOffset late, DateTimeOffset now, int perSecond, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(TakeSql, connection);
        command.Parameters.AddInstant(late);
        command.Parameters.AddInstant(now);
        command.Parameters.AddInteger(perSecond);
        return await command.ExecuteScalarAsync(cancellationToken) as int?;
    }

    /// <summary>Returns the command that records what is released with the commit.</summary>
    public static NpgsqlBatchCommand Spend(DateTimeOffset now, int released)
    {
        NpgsqlBatchCommand command = new(SpendSql);
        command.Parameters.AddInstant(now);
        command.Parameters.AddInteger(released);
        return command;
    }
}
