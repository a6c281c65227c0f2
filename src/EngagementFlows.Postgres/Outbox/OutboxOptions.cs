namespace EngagementFlows.Postgres.Outbox;

/// <summary>How long a dispatcher owns what it took, and how long what was not taken rests.</summary>
public sealed record OutboxOptions
{
    /// <summary>Gets how long an effect may stay claimed before another process may take it.</summary>
    /// <value>Key <c>EngagementFlows:Outbox:ClaimLease</c>; default 2 minutes.</value>
    public TimeSpan ClaimLease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets how long an effect may be on its way before it counts as left by a process that died, and becomes uncertain.</summary>
    /// <value>Key <c>EngagementFlows:Outbox:SendingLease</c>; default 10 minutes. Senders must have ended before.</value>
    public TimeSpan SendingLease { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets the rest after the first attempt that surely was not taken; later rests double.</summary>
    /// <value>Key <c>EngagementFlows:Outbox:RetryAfter</c>; default 15 seconds.</value>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(15);
}
