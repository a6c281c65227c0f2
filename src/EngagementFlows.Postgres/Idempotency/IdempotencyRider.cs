using EngagementFlows.Postgres.Instances;

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

    /// <inheritdoc/>
    public override void Gather(RiderRows rows, RiderContext context)
    {
        (int status, byte[] body) = answer(context.Result);
        rows.Answers.Add(new(caller, key, requestHash, status, body));
    }
}
