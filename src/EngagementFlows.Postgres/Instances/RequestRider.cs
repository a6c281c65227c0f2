using EngagementFlows.Postgres.Webhooks;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>What must happen in the same commit as a caller's stimulus, or not at all: a link is consumed, a key's answer is kept, an act is audited.</summary>
public abstract class RequestRider
{
    /// <summary>Appends the commands to the commit; called again, with a fresh result, when the commit has to be tried again.</summary>
    /// <remarks>
    /// A guard is a statement that ends in <c>select require_rows(count(*), 1, 'reason')</c>: if it does not hit what it must, the caller gets that reason
    /// and nothing is committed. Guards run before the instance is written, in the order of appending.
    /// </remarks>
    public virtual void Append(NpgsqlBatch batch, RiderContext context)
    {
    }

    /// <summary>Gets the row that the guards lock, by its id; empty if they lock none.</summary>
    /// <remarks>Groups append their guards in the order of these rows, so that two of them wait for each other and never in a circle.</remarks>
    public virtual Guid Locks => Guid.Empty;

    /// <summary>Adds the rows that the commit writes for all its requests together: the answer to be kept, the act to be audited.</summary>
    /// <remarks>Called before <see cref="Append"/>, and again, with a fresh result, when the commit has to be tried again.</remarks>
    public virtual void Gather(RiderRows rows, RiderContext context)
    {
    }

    /// <summary>Returns what webhooks may be told of it; asked for only if somebody listens.</summary>
    public virtual IEnumerable<WebhookFact> FactsOf(RiderContext context) => [];

    /// <summary>Returns a rider of several, in their order.</summary>
    public static RequestRider All(params RequestRider[] riders) => new Several(riders);

    private sealed class Several(RequestRider[] riders) : RequestRider
    {
        public override Guid Locks => riders.Select(rider => rider.Locks).DefaultIfEmpty().Max();

        public override void Gather(RiderRows rows, RiderContext context)
        {
            foreach (RequestRider rider in riders)
                rider.Gather(rows, context);
        }

        public override void Append(NpgsqlBatch batch, RiderContext context)
        {
            foreach (RequestRider rider in riders)
                rider.Append(batch, context);
        }

        public override IEnumerable<WebhookFact> FactsOf(RiderContext context) => riders.SelectMany(rider => rider.FactsOf(context));
    }
}

/// <summary>What a rider may say about the commit that it rides on.</summary>
/// <param name="Result">What the caller will be told; of an event only that it is accepted.</param>
/// <param name="Now">The instant of the commit.</param>
public sealed record RiderContext(StimulusResult Result, DateTimeOffset Now);
