using Npgsql;

namespace EngagementFlows.CrashDrill.Callers;

/// <summary>The administrator who makes the schedules of a round; at its end they are given one of their own.</summary>
internal sealed class ScheduleKeeper(Caller administrator)
{
    /// <summary>The tier of the engagements for each of which the last schedule starts an instance.</summary>
    public const int Tier = 1;

    private const string Path = "/api/schedules";

    // Whoever holds a row fires by what he read before: with all of them held, nothing is fired between the choice of the end and its writing.
    private const string HoldSql = "select id from recurring_schedule order by id for update";

    // A little ahead, since a server's clock may be. What is owed until then stays owed; a pause would drop whatever fell due before it came.
    private const string EndSql = """
        update recurring_schedule s
        set ends_at = e.at, next_due_at = case when s.next_due_at <= e.at then s.next_due_at end
        from (select clock_timestamp() + interval '1 second' as at) e
        """;

    private const string OwesSql = "select exists (select 1 from recurring_schedule where next_due_at is not null)";

    // Only a guard: catching up with a long downtime takes a few seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Makes them; each makes up for every instant that it misses.</summary>
    /// <exception cref="InvalidOperationException">The server does not make one.</exception>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        foreach (int seconds in new[] { 1, 2, 3 })
            await MakeAsync($"tick-{seconds}", seconds, forEach: null, cancellationToken);
        await MakeAsync("tick-set", 4, new { tiers = new[] { Tier } }, cancellationToken);
    }

    /// <summary>Ends all schedules in a moment, and waits until every instant up to there is dealt with; what is not within the limit (60 s) is left to the count.</summary>
    public static async Task EndAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using (NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (NpgsqlCommand hold = new(HoldSql, connection, transaction))
                await hold.ExecuteNonQueryAsync(cancellationToken);
            await using (NpgsqlCommand end = new(EndSql, connection, transaction))
                await end.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        long began = TimeProvider.System.GetTimestamp();
        await using NpgsqlCommand owes = dataSource.CreateCommand(OwesSql);
        while ((bool)(await owes.ExecuteScalarAsync(cancellationToken))! && TimeProvider.System.GetElapsedTime(began) < Patience)
            await Task.Delay(Look, cancellationToken);
    }

    private async Task MakeAsync(string name, int seconds, object? forEach, CancellationToken cancellationToken)
    {
        object schedule = new { name, definitionId = "crash-drill-tick", kind = "interval", expression = $"{seconds} seconds", zone = "UTC", misfire = "run_all", overlap = "start", forEach };
        if (await administrator.PostAsync(Path, name, schedule, cancellationToken) is null)
            throw new InvalidOperationException($"The drill's schedule '{name}' is not made.");
    }
}
