using Npgsql;

namespace EngagementFlows.Postgres.Idempotency;

/// <summary>An answer to be kept under its key.</summary>
/// <param name="Caller">Whose key it is.</param>
/// <param name="Key">The key.</param>
/// <param name="RequestHash">SHA-256 of the request.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
public sealed record KeptAnswer(string Caller, string Key, byte[] RequestHash, int Status, byte[] Body);

/// <summary>Keeps the answers of a commit's requests, in that commit. A key that is taken refuses all of it with <see cref="IdempotencyRider.Repeated"/>.</summary>
public static class KeepAnswers
{
    // A key that another transaction is just writing is waited for: then it is there, or free. A key that comes twice in one group counts once, so the
    // group is refused and its requests are tried one by one.
    private const string Sql = """
        with kept as (
          insert into idempotency (caller, key, request_hash, status, answer, created_at)
          select a.caller, a.key, a.request_hash, a.status, a.answer, $6
          from unnest($1::text[], $2::text[], $3::bytea[], $4::int[], $5::bytea[]) a(caller, key, request_hash, status, answer)
          on conflict (caller, key) do nothing
          returning 1
        )
        select require_rows(count(*), $7, 'repeated') from kept
        """;

    /// <summary>Returns the command for a batch; sorts the answers.</summary>
    public static NpgsqlBatchCommand Create(List<KeptAnswer> answers, DateTimeOffset now)
    {
        // One order for everybody, so that two commits never wait for each other's keys in a circle.
        answers.Sort(static (left, right) =>
            string.CompareOrdinal(left.Caller, right.Caller) is not 0 and var order ? order : string.CompareOrdinal(left.Key, right.Key));
        int count = answers.Count;
        string[] callers = new string[count];
        string[] keys = new string[count];
        ReadOnlyMemory<byte>[] hashes = new ReadOnlyMemory<byte>[count];
        int[] statuses = new int[count];
        ReadOnlyMemory<byte>[] bodies = new ReadOnlyMemory<byte>[count];
        for (int i = 0; i < count; i++)
        {
            KeptAnswer answer = answers[i];
            callers[i] = answer.Caller;
            keys[i] = answer.Key;
            hashes[i] = answer.RequestHash;
            statuses[i] = answer.Status;
            bodies[i] = answer.Body;
        }

        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddTexts(callers);
        command.Parameters.AddTexts(keys);
        command.Parameters.AddBytes(hashes);
        command.Parameters.AddIntegers(statuses);
        command.Parameters.AddBytes(bodies);
        command.Parameters.AddInstant(now);
        command.Parameters.AddBigint(count);
        return command;
    }
}
