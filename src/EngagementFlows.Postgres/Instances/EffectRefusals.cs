namespace EngagementFlows.Postgres.Instances;

/// <summary>What was refused of a work so far, and the instant at which it ran: ids of executions depend on it, so it runs again at the same one.</summary>
internal sealed class EffectRefusals
{
    private readonly Dictionary<Guid, string> _reasons = [];

    private EffectRefusals(DateTimeOffset at) => At = at;

    public DateTimeOffset At { get; }

    public IReadOnlyDictionary<Guid, string> Reasons => _reasons;

    /// <summary>Returns the refusals with that of <paramref name="fault"/> added; <see langword="null"/> if running again would change nothing.</summary>
    public static EffectRefusals? Add(EffectRefusals? refusals, Exception fault, DateTimeOffset now)
    {
        if (fault is not EffectRefusedException refused)
            return null;
        refusals ??= new(now);
        return refusals._reasons.TryAdd(refused.ExecutionId, refused.Message) ? refusals : null;
    }
}
