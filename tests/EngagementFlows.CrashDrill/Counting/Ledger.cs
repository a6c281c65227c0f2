using EngagementFlows.CrashDrill.Callers;
using Npgsql;

namespace EngagementFlows.CrashDrill.Counting;

/// <summary>The database of a round as a witness.</summary>
internal sealed class Ledger(NpgsqlDataSource dataSource)
{
    // How each acknowledged fact must show: the row that it made, and, once the instance has ended, its word in the last mail.
    private const string FactsSql = """
        select i.id, i.status, a.word, t.note, e.seen, m.subject
        from instance i
        left join lateral (
          select v.text_value word from form_answer f join form_answer_value v on v.form_answer_id = f.id and v.question = 'word' where f.engagement_id::text = i.correlation_id limit 1
        ) a on true
        left join lateral (select comment note from task where instance_id = i.id and state = 'completed' limit 1) t on true
        left join lateral (
          -- An event that a wait stood ready for is never stored by itself: it resumed the instance in its own commit.
          select coalesce(
            (select id from event where correlation_id = i.correlation_id limit 1)::text,
            (select 'used' from journal j cross join lateral json_array_elements(j.entries) x where j.instance_id = i.id and x ->> 'a' = 'Wait' and x ->> 'e' = 'Completed' limit 1)) seen
        ) e on true
        left join lateral (select subject from mail where instance_id = i.id and split_part(effect_key, '/', 3) = 'mail' limit 1) m on true
        """;

    /// <summary>Counts the acknowledged facts that are not there; tells of each kind.</summary>
    public async Task<long> CountLostAsync(IReadOnlyList<DrilledIntake> intakes, Action<string> say)
    {
        Dictionary<Guid, StoredFacts> stored = [];
        await using NpgsqlCommand command = dataSource.CreateCommand(FactsSql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            stored[reader.GetGuid(0)] = new(reader.GetString(1) == "finished", Text(reader, 2), Text(reader, 3), Text(reader, 4), Text(reader, 5));
        long lost = 0;
        foreach (DrilledIntake intake in intakes)
        {
            StoredFacts? facts = intake.Started is { } id ? stored.GetValueOrDefault(id) : null;
            foreach (string missing in Missing(intake, facts))
            {
                lost++;
                say($"LOST: {missing} of intake {intake.Number} (instance {intake.Started})");
            }
        }

        return lost;
    }

    /// <summary>Runs counting queries, tells what they find, and returns the sum.</summary>
    public async Task<long> SumAsync(string heading, IEnumerable<(string What, string Sql)> queries, Action<string> say)
    {
        long sum = 0;
        foreach ((string what, string sql) in queries)
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(sql);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            long count = reader.GetInt64(0);
            if (count > 0)
                say($"{heading}: {what}: {count}, for example {Text(reader, 1)}");
            sum += count;
        }

        return sum;
    }

    /// <summary>Returns each mail of the outbox by effect key, with its id and state.</summary>
    public async Task<Dictionary<string, (Guid Id, string State)>> ReadMailsAsync()
    {
        Dictionary<string, (Guid, string)> mails = new(StringComparer.Ordinal);
        await using NpgsqlCommand command = dataSource.CreateCommand("select m.effect_key, o.id, o.state from outbox o join mail m on m.id = o.id where o.kind = 'mail'");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            mails[reader.GetString(0)] = (reader.GetGuid(1), reader.GetString(2));
        return mails;
    }

    /// <summary>Returns a text that changes with everything that moves, and whether anything is still to come.</summary>
    public async Task<(string Fingerprint, bool IsQuiet)> LookAsync()
    {
        const string sql = """
            select (select count(*) from instance where finished_at is null),
                   (select coalesce(sum(revision), 0)::bigint from instance),
                   (select count(*) from inbox where due_at < 'infinity'),
                   (select count(*) from outbox where state in ('pending', 'claimed', 'sending')),
                   (select coalesce(sum(attempt), 0)::bigint from outbox)
            """;
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        long[] numbers = [.. Enumerable.Range(0, 5).Select(reader.GetInt64)];
        // An instance that runs may wait for what is found by looking, every few seconds: an event whose finder was killed.
        return (string.Join('/', numbers), numbers[0] == 0 && numbers[2] == 0 && numbers[3] == 0);
    }

    /// <summary>Tells whether an instance has ended and no mail of it can still begin to be sent.</summary>
    public async Task<bool> IsSettledAsync(Guid instance)
    {
        const string sql = """
            select exists (select 1 from instance where id = $1 and finished_at is not null)
               and not exists (select 1 from outbox where instance_id = $1 and state in ('pending', 'claimed'))
               and not exists (select 1 from outbox where instance_id = $1 and state = 'sending' and lease_expires_at > now() + interval '7 seconds')
            """;
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = instance });
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static IEnumerable<string> Missing(DrilledIntake intake, StoredFacts? facts)
    {
        if (intake.Started is not null && facts is null)
            yield return "the start";
        if (intake.IsAnswered && !(facts?.Word == intake.Word && facts.Shows(intake.Word)))
            yield return $"the answer (stored: '{facts?.Word}', last mail: '{facts?.LastSubject}')";
        if (intake.Completed is not null && !(facts?.Note == intake.Note && facts.Shows(intake.Note)))
            yield return $"the task's outcome (stored: '{facts?.Note}', last mail: '{facts?.LastSubject}')";
        if (intake.Published is { } published && !(facts?.Event is { } seen && (seen == "used" || seen == published.ToString("D")) && facts.Shows(intake.Go)))
            yield return $"the event {published} (stored: {facts?.Event}, last mail: '{facts?.LastSubject}')";
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private sealed record StoredFacts(bool IsFinished, string? Word, string? Note, string? Event, string? LastSubject)
    {
        public bool Shows(string word) => !IsFinished || (LastSubject is not null && LastSubject.Split(' ').Contains(word));
    }
}
