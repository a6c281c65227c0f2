namespace EngagementFlows.Postgres.Outbox;

/// <summary>Carries out effects of one kind.</summary>
public interface IEffectSender
{
    /// <summary>Gets the kind: <c>mail</c> or <c>http</c>.</summary>
    string Kind { get; }

    /// <summary>Tries an effect once.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="begin">
    /// To be called just before the step from which the other side may have taken it (MAIL FROM, the first byte of a request). Returns false if the
    /// lease is lost: then nothing may be sent and <see cref="SendLeft"/> is returned.
    /// </param>
    /// <param name="cancellationToken">Ends the attempt before its beginning; after it, an ended attempt is uncertain.</param>
    Task<SendOutcome> SendAsync(ClaimedEffect effect, Func<CancellationToken, Task<bool>> begin, CancellationToken cancellationToken);
}
