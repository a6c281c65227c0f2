namespace EngagementFlows.Postgres.Outbox;

/// <summary>An effect on the outside world that is to be written with the commit that wants it.</summary>
/// <param name="Id">The row's id; begins with the instant, so that lists are in order.</param>
/// <param name="InstanceId">The instance that wants it, or <see langword="null"/>.</param>
/// <param name="Kind"><c>mail</c> or <c>http</c>.</param>
/// <param name="EffectKey">Unique for ever; a second row with the same key is not written.</param>
/// <param name="DueAt">Not sent before this instant.</param>
/// <param name="Payload">What the dispatcher needs, as JSON.</param>
public sealed record OutboxEntry(Guid Id, Guid? InstanceId, string Kind, string EffectKey, DateTimeOffset DueAt, string Payload);
