using System.Text.Json;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Idempotency;
using EngagementFlows.Postgres.Instances;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace EngagementFlows.Server.Api;

/// <summary>Answers a repeated request (same Idempotency-Key) as the first one was answered.</summary>
/// <remarks>
/// The key is written in the effect's own commit. It is not asked for beforehand: the first request, which is nearly every one, costs nothing more,
/// and a repetition is refused by the key itself, after waiting for a commit that is just writing it.
/// </remarks>
internal sealed class RepeatedRequests(FlowsDatabase database, DatabaseClock clock)
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    // The state with which the database's require_rows refuses.
    private const string Unhit = "EF001";

    /// <summary>Returns what keeps the answer, for the request's commit; <see langword="null"/> without a key.</summary>
    public static RequestRider? RiderFor(IdempotencyKey? key, Func<StimulusResult, ApiAnswer> answer) => key is null ? null : new IdempotencyRider(
        key.Caller,
        key.Key,
        key.RequestHash,
        result =>
        {
            // Made anew at each attempt of the commit: the last one is the one that is kept.
            ApiAnswer kept = answer(result);
            key.Kept = kept;
            return (kept.Status, kept.Body);
        });

    /// <summary>Returns the answer to a stimulus that was handed in.</summary>
    /// <param name="key">The request's key, if it has one.</param>
    /// <param name="result">What became of the stimulus.</param>
    /// <param name="answer">Makes the answer of one that was applied; the same that rode on the commit.</param>
    /// <param name="otherwise">Makes the answer of one that was not.</param>
    /// <param name="context">The request.</param>
    public async Task<IResult> AnswerAsync(
        IdempotencyKey? key, StimulusResult result, Func<StimulusResult, ApiAnswer> answer, Func<StimulusResult, IResult> otherwise, HttpContext context)
    {
        if (result is { Kind: TransitionKind.Applied, RefusedBy: null })
            return key?.Kept ?? answer(result);
        return await ReplayAsync(key, result.RefusedBy, context) ?? otherwise(result);
    }

    /// <summary>Does an act that has a transaction of its own and keeps its answer in it; a repetition does nothing and gets the answer that was kept.</summary>
    /// <param name="key">The request's key, if it has one.</param>
    /// <param name="context">The request.</param>
    /// <param name="act">Does it and keeps its answer in the act's transaction; what it refuses it does not keep, so that the key stays free.</param>
    public async Task<IResult> OnceAsync(IdempotencyKey? key, HttpContext context, Func<AnswerKeeper, Task<IResult>> act)
    {
        // Asked for beforehand: such acts are rare, and done once they would be refused for other reasons ("there is one of this name already").
        if (await ReplayAsync(key, refusedBy: null, context) is { } earlier)
            return earlier;
        AnswerKeeper keeper = new(key, clock.Now, context.RequestAborted);
        try
        {
            IResult answer = await act(keeper);
            // Refused perhaps since this very request, sent twice at once, was done after the look above.
            return keeper.HasKept ? answer : await ReplayAsync(key, refusedBy: null, context) ?? answer;
        }
        catch (PostgresException refused) when (key is not null && refused.SqlState == Unhit && refused.MessageText == IdempotencyRider.Repeated)
        {
            return (await ReplayAsync(key, IdempotencyRider.Repeated, context))!;
        }
    }

    /// <summary>Keeps an answer under its key in a commit of its own, for acts that had theirs before; returns it, or the one that was kept first.</summary>
    public async Task<IResult> KeepAsync(IdempotencyKey? key, ApiAnswer answer, DateTimeOffset now, HttpContext context)
    {
        if (key is null)
            return answer;
        await using NpgsqlBatch batch = database.Queries.CreateBatch();
        batch.BatchCommands.Add(KeepAnswers.Create([new(key.Caller, key.Key, key.RequestHash, answer.Status, answer.Body)], now));
        try
        {
            await batch.ExecuteNonQueryAsync(context.RequestAborted);
            return answer;
        }
        catch (PostgresException refused) when (refused.SqlState == Unhit)
        {
            return await ReplayAsync(key, IdempotencyRider.Repeated, context) ?? answer;
        }
    }

    /// <summary>Returns the earlier answer to the key, a refusal of a key used otherwise, or <see langword="null"/> if the key says nothing.</summary>
    public async Task<IResult?> ReplayAsync(IdempotencyKey? key, string? refusedBy, HttpContext context)
    {
        if (key is null)
            return null;
        StoredAnswer? stored = await FindAnswer.ExecuteAsync(database.Queries, key.Caller, key.Key, context.RequestAborted);
        if (stored is null)
        {
            return refusedBy == IdempotencyRider.Repeated
                ? Refusal.Conflict($"A request with the {IdempotencyKey.Header} '{key.Key}' is still under way. Send it again in a moment to get its answer.")
                : null;
        }

        if (!stored.RequestHash.AsSpan().SequenceEqual(key.RequestHash))
        {
            return Refusal.Unprocessable(
                "Key used otherwise", $"The {IdempotencyKey.Header} '{key.Key}' was used for another request. A key belongs to one request with its exact body; take a new one for a new request.");
        }

        context.Response.Headers[ReplayedHeader] = "true";
        return stored.Status < StatusCodes.Status400BadRequest ? new ApiAnswer(stored.Status, stored.Body) : MadeAlready(stored);
    }

    // The first answer showed a secret, and that is told once.
    private static ProblemHttpResult MadeAlready(StoredAnswer stored)
    {
        ShownOnce shown = JsonSerializer.Deserialize<ShownOnce>(stored.Body, ApiJson.Options)!;
        return TypedResults.Problem(shown.Detail, statusCode: stored.Status, title: "Made already", extensions: [new("made", shown.Made)]);
    }
}
