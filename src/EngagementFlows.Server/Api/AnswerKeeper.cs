using System.Text.Json;
using EngagementFlows.Postgres.Idempotency;
using Npgsql;

namespace EngagementFlows.Server.Api;

/// <summary>Keeps the answer to a request under its Idempotency-Key, in the transaction of what the request does; without a key it keeps nothing.</summary>
/// <param name="key">The request's key, if it has one.</param>
/// <param name="now">The instant that is written down.</param>
/// <param name="cancellationToken">Ends the request; its transaction comes to nothing then.</param>
internal sealed class AnswerKeeper(IdempotencyKey? key, DateTimeOffset now, CancellationToken cancellationToken)
{
    /// <summary>Gets whether an answer was written; it counts only if its transaction was committed.</summary>
    public bool HasKept { get; private set; }

    /// <summary>Keeps what a repetition is answered with, byte for byte what is sent now.</summary>
    /// <exception cref="PostgresException">The key is taken (<see cref="IdempotencyRider.Repeated"/>): the transaction must not be committed.</exception>
    public async Task KeepAsync(NpgsqlTransaction transaction, ApiAnswer answer)
    {
        if (key is null)
            return;
        await using NpgsqlBatch batch = new(transaction.Connection, transaction);
        batch.BatchCommands.Add(KeepAnswers.Create([new(key.Caller, key.Key, key.RequestHash, answer.Status, answer.Body)], now));
        // Waits for a repetition that is just writing the same key.
        await batch.ExecuteNonQueryAsync(cancellationToken);
        HasKept = true;
    }

    /// <summary>Keeps that something was made whose answer shows a secret: a repetition is told so (409), and the secret is written nowhere.</summary>
    /// <inheritdoc cref="KeepAsync"/>
    public Task KeepWithoutSecretAsync(NpgsqlTransaction transaction, ShownOnce shown) =>
        KeepAsync(transaction, new ApiAnswer(StatusCodes.Status409Conflict, JsonSerializer.SerializeToUtf8Bytes(shown, ApiJson.Options)));
}

/// <summary>What a repetition is told of an answer that held a secret.</summary>
/// <param name="Detail">What was made, that its secret was shown in the first answer, and how to get another.</param>
/// <param name="Made">The address of what was made.</param>
internal sealed record ShownOnce(string Detail, string Made);
