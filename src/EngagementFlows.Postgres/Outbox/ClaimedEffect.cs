namespace EngagementFlows.Postgres.Outbox;

/// <summary>An effect that this dispatcher may try now.</summary>
/// <param name="Id">The row's id; a mail's own id.</param>
/// <param name="InstanceId">The instance that wants it, or <see langword="null"/>.</param>
/// <param name="Kind"><c>mail</c> or <c>http</c>.</param>
/// <param name="EffectKey">Unique for ever.</param>
/// <param name="Attempt">The number of this attempt, from 1; with the lease it fences everything that the attempt writes.</param>
/// <param name="Payload">What the sender needs, as JSON.</param>
/// <param name="FailingSince">When the first of the attempts failed that have all failed since; <see langword="null"/> = none has.</param>
public sealed record ClaimedEffect(Guid Id, Guid? InstanceId, string Kind, string EffectKey, int Attempt, string Payload, DateTimeOffset? FailingSince = null);
