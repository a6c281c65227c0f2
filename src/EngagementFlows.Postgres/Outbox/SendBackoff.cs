namespace EngagementFlows.Postgres.Outbox;

/// <summary>How long an effect that was surely not taken rests before the next attempt. Pure.</summary>
public static class SendBackoff
{
    /// <summary>After failing for this long it counts as rejected, and a person hears of it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    /// <summary>Returns the rest after an attempt: as long as it has been failing, so the time doubles; at most 8 hours. <see langword="null"/> when it is given up.</summary>
    /// <param name="failing">The time since the first of the attempts that have all failed.</param>
    /// <param name="first">The least rest.</param>
    public static TimeSpan? After(TimeSpan failing, TimeSpan first) => failing >= Patience ? null
        : failing < first ? first
        : failing > Longest ? Longest
        : failing;
}
