using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Idempotency;

/// <summary>Keeps the answer to a request with a key in the request's own commit. A key that is taken refuses the commit with <see cref="Repeated"/>.</summary>
/// <param name="caller">Whose key it is.</param>
/// <param name="key">The key.</param>
/// <param name="requestHash">SHA-256 of the request.</param>
/// <param name="answer">Makes status and body of the answer.</param>
public sealed class IdempotencyRider(string caller, string key, byte[] requestHash, Func<StimulusResult, (int Status, byte[] Body)> answer) : RequestRider
{
    /// <summary>The reason of the refusal; the caller then finds the stored answer with <see cref="FindAnswer"/>.</summary>
    public const string Repeated = "repeated";

    // A key that another transaction is just writing is waited for: then it is there, or free.
    private const string Sql = """
        with kept as (
          insert into idempotency (caller, key, request_hash, status, answer, created_at) values ($1, $2, $3, $4, $5, $6)
          on conflict (caller, key) do nothing
          returning 1
        )
        select require_rows(count(*), 1, 'repeated') from kept
        """;

    /// <inheritdoc/>
    public override void Append(NpgsqlBatch batch, RiderContext context)
    {
        (int status, byte[] body) = answer(context.Result);
        batch.BatchCommands.Add(Create(caller, key, requestHash, status, body, context.Now));
    }

    /// <summary>Returns the command for another transaction than an instance's.</summary>
    public static NpgsqlBatchCommand Create(string caller, string key, byte[] requestHash, int status, byte[] body, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddText(caller);
        command.Parameters.AddText(key);
        command.Parameters.AddBytes(requestHash);
        command.Parameters.AddInteger(status);
        command.Parameters.AddBytes(body);
        command.Parameters.AddInstant(now);
        return command;
    }
}
