using EngagementFlows.CrashDrill.Callers;
using Npgsql;

namespace EngagementFlows.CrashDrill.Counting;

/// <summary>Compares the instants that each schedule has by its interval with its firings, and the firings with the instances that were started.</summary>
internal sealed class FiringAuditor(NpgsqlDataSource dataSource, Action<string> say)
{
    private const string SchedulesSql = """
        select name, for_each, split_part(expression, ' ', 1)::int, starts_at, created_at, ends_at,
               array(select due_at from schedule_firing f where f.schedule_id = s.id and f.state = 'fired' order by due_at)
        from recurring_schedule s order by name
        """;

    // A firing without its instance, an instance of two firings, and one of no firing.
    private const string LostStartsSql = """
        select count(*) from schedule_firing f join recurring_schedule s on s.id = f.schedule_id
        where not s.for_each and not exists (select 1 from instance i where i.id = f.instance_id)
        """;

    private const string DoubledStartsSql = """
        select (select coalesce(sum(n - 1), 0)::bigint from (select count(*) n from schedule_firing where instance_id is not null group by instance_id having count(*) > 1) d)
             + (select count(*) from instance i where i.definition_id = 'crash-drill-tick' and i.correlation_id is null and not exists (select 1 from schedule_firing f where f.instance_id = i.id))
        """;

    // Of each engagement of the set one for each instant; of others none.
    private const string SetSql = """
        select c.tier = $1, (select count(*) from instance i where i.definition_id = 'crash-drill-tick' and i.correlation_id = e.id::text)
        from engagement e join client c on c.id = e.client_id
        """;

    /// <summary>Counts instants and starts that are missing as lost, and those that are too many as doubled. Their schedules have ended (<see cref="ScheduleKeeper.EndAsync"/>).</summary>
    public async Task<DrillCount> CountAsync(CancellationToken cancellationToken)
    {
        (DrillCount count, long instants, long ofSet) = await CountInstantsAsync(cancellationToken);
        (long lostStarts, long doubledStarts, long ofEngagements) = await CountSetAsync(ofSet, cancellationToken);
        lostStarts += await CountAsync(LostStartsSql, cancellationToken);
        doubledStarts += await CountAsync(DoubledStartsSql, cancellationToken);
        if (lostStarts + doubledStarts > 0)
            say($"SCHEDULED STARTS: {lostStarts} lost, {doubledStarts} doubled");
        say($"schedules: {instants} instants, {instants - ofSet + ofEngagements} starts");
        return count + new DrillCount { Lost = lostStarts, Doubled = doubledStarts };
    }

    /// <summary>Counts instants without firing and firings without instant; returns also how many firings there are, and how many of them are of sets.</summary>
    internal async Task<(DrillCount Count, long Instants, long OfSet)> CountInstantsAsync(CancellationToken cancellationToken)
    {
        (long lost, long doubled, long instants, long ofSet) = (0, 0, 0, 0);
        await using NpgsqlCommand command = dataSource.CreateCommand(SchedulesSql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            DateTime[] fired = reader.GetFieldValue<DateTime[]>(6);
            DateTime[] owed = Owed(TimeSpan.FromSeconds(reader.GetInt32(2)), reader.GetDateTime(3), reader.GetDateTime(4), reader.GetDateTime(5));
            (long missing, long tooMany) = (owed.Except(fired).LongCount(), fired.Except(owed).LongCount());
            if (missing + tooMany > 0)
                say($"SCHEDULE '{reader.GetString(0)}': {missing} instant(s) lost, {tooMany} doubled, of {owed.Length}");
            (lost, doubled, instants, ofSet) = (lost + missing, doubled + tooMany, instants + fired.Length, ofSet + (reader.GetBoolean(1) ? fired.Length : 0));
        }

        return (new() { Lost = lost, Doubled = doubled }, instants, ofSet);
    }

    /// <summary>Returns the instants that a schedule owes: those of its interval after it was made and up to its end.</summary>
    private static DateTime[] Owed(TimeSpan every, DateTime startsAt, DateTime madeAt, DateTime endsAt)
    {
        List<DateTime> owed = [];
        for (DateTime at = startsAt; at <= endsAt; at += every)
        {
            if (at > madeAt)
                owed.Add(at);
        }

        return [.. owed];
    }

    private async Task<(long Lost, long Doubled, long Starts)> CountSetAsync(long instants, CancellationToken cancellationToken)
    {
        (long lost, long doubled, long starts) = (0, 0, 0);
        await using NpgsqlCommand command = dataSource.CreateCommand(SetSql);
        command.Parameters.Add(new() { Value = (short)ScheduleKeeper.Tier });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            long wanted = reader.GetBoolean(0) ? instants : 0;
            long found = reader.GetInt64(1);
            (lost, doubled, starts) = (lost + Math.Max(0, wanted - found), doubled + Math.Max(0, found - wanted), starts + found);
        }

        return (lost, doubled, starts);
    }

    private async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
